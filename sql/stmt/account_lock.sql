-- Lets nobody else make the first account, or change who administrates, until the
-- transaction ends ('ifmatch' and one).
SELECT pg_advisory_xact_lock(29660295066182505);
