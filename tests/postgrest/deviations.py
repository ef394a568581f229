"""Requests that are answered in another way than PostgREST does: why."""

_REASONS = {
    "a view that does not show its table's version is read-only: nothing could "
    "guard its rows": [
        "Options:34", "Options:40", "Options:65", "Options:71", "Insert:709",
        "Insert:746", "Insert:784"],
    "a table without a key is read-only: none of its rows has a URL or a "
    "state": [
        "Insert:219", "Insert:229", "Insert:240", "Insert:248", "Insert:336",
        "Insert:581", "Update:330", "Update:412", "Update:444"],
    "one row sent without select comes back as that row, not as a list of "
    "one": [
        "Insert:259"],
    "each item of an array that is sent by PATCH says by its key which row it "
    "is about": [
        "Update:256", "Update:290"],
    "a limit or an offset that is no number of rows is not guessed at; 416 is "
    "about Range alone (RFC 9110 15.5.17)": [
        "Range:254", "Range:267", "own:negative limit",
        "own:negative offset"],
    "a row is PUT to its own URL; what is PUT to a table is a file": [
        "Upsert:310", "Upsert:333", "Upsert:381", "Upsert:394",
        "Upsert:407", "Upsert:421", "Upsert:447", "Upsert:459", "Upsert:483",
        "Upsert:533", "Upsert:544"],
}

DEVIATIONS = {case: reason for reason, cases in _REASONS.items()
              for case in cases}
