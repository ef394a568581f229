"""What is proved behind each server, where a server is known to deviate, and
what a wrong program must fail."""

ITEMS = """
D6_status D6_reason D6_status_field D1_not_modified D1_head D3_cache_control
D2_vary D5_created D5_see_other D7_problem D7_page D9_range D9_part
S13_long_location G1_compressed_elsewhere G1_tag_plain G1_tag_compressed
B11_suffix_if_match
B11_suffix_if_none_match S16_suffix_on_put B1_weak_if_match
B2_weak_if_none_match B3_list B6_if_match_lines B6_if_none_match_lines
A7_two_dates A10_missing A10_empty A9_if_match_on_get B17_stale
E9_create_once E11_delete E13_patch D4_options E17_prefer_lines
P1_slash P2_escapes P3_key_parameter P3_key_controls P4_dots
W1_put_200k S8_chunked S10_program_limit S10_server_limit S6_drained
S11_bad_chunk S12_cut_length S12_cut_chunks S9_no_type S9_two_types S3_once
S18_reload S19_nothing S19_no_database S19_no_configuration
I1_authorization S2_remote_user S20_underscore S24_lower_case S23_config
I2_two_origins I3_configuration_hidden I4_query_is_no_command
""".split()

# Where a server changes what passes. From FIRST_RAW on, raw/ has the bytes.
FIRST_RAW = 25
NUMBERS = {
    10: "mod_fcgid answers 500 to a body over FcgidMaxRequestLen (131072 where "
        "an .htaccess is all there is)",
    12: "a body in chunks has no known length in CGI under Apache: 411",
    19: "a program that says nothing: 200 and an empty page",
    20: "If_Match, with an underscore, is taken for If-Match",
    24: "a method in lower case is taken for the one in upper case",
    25: "two lines of one condition header: the server answers 400",
    26: "of two If-None-Match lines the first one alone arrives",
    27: "an empty If-Match does not arrive, so that the condition is missing",
    28: "the reason behind the status is the server's own",
    29: "a body over client_max_body_size: the server's own 413",
    30: "of two Content-Type lines the first one alone arrives",
    31: "a method in lower case: the server's own 400 or 501",
    32: "a control character in the query: the server's own 400",
    33: "an encoded slash in the path: the server's own 404, which no .htaccess "
        "can change",
}

WRITTEN = (200, 204), "new"
NGINX = ("nginx", "wrap")
LIGHTTPD = ("lt-fcgi", "lt-cgi")

# (number, servers, item, what is expected there)
DECLARED = [
    (10, ("fcgid", "ht-fcgid"), "S10_server_limit", (500, False)),
    (10, ("ht-fcgid",), "S10_program_limit", (500, False)),
    (10, ("ht-fcgid",), "S6_drained", (500, 500)),
    (10, ("ht-fcgid",), "W1_put_200k", (500,)),
    (12, ("cgid", "ht-cgi"), "S8_chunked", ((411,), "old")),
    (19, ("proxy",), "S19_nothing", False),
    (20, LIGHTTPD + ("caddy", "h2o"), "S20_underscore", 412),
    (24, ("caddy",), "S24_lower_case", WRITTEN),
    (25, NGINX, "B6_if_match_lines", ((400,), "old")),
    (25, NGINX, "B6_if_none_match_lines", [400, 400]),
    (25, NGINX, "A7_two_dates", 400),
    (26, LIGHTTPD, "B6_if_none_match_lines", [200, 304]),
    (27, LIGHTTPD, "A10_empty", 428),
    (28, LIGHTTPD + ("caddy",), "D6_reason", "Precondition Failed"),
    (29, NGINX, "S10_server_limit", (413, False)),
    (30, NGINX + ("caddy",), "S9_two_types", WRITTEN),
    (31, NGINX, "S24_lower_case", ((400,), "old")),
    (31, LIGHTTPD, "S24_lower_case", ((501,), "old")),
    (32, LIGHTTPD, "P3_key_controls", 400),
    (33, ("ht-fcgid", "ht-cgi"), "P1_slash", 404),
]
DEVIATIONS = {(item, name): (number, expected)
              for number, names, item, expected in DECLARED for name in names}

# What the wrong programs must fail. Without guard: whatever If-Match ought to
# refuse.
GUARD = """
D6_status D3_cache_control D2_vary D7_problem G1_tag_plain G1_tag_compressed
B11_suffix_if_match B1_weak_if_match B3_list B6_if_match_lines A10_empty
A9_if_match_on_get B17_stale E11_delete E13_patch S6_drained
""".split()
# Without status: whatever is answered by anything but 200 and an empty 204,
# or that Apache answers in the program's place.
STATUS = GUARD + """
D1_head D6_status_field D5_created D5_see_other D7_page D9_part S13_long_location
B11_suffix_if_none_match S16_suffix_on_put A7_two_dates A10_missing
E9_create_once P4_dots S8_chunked S10_program_limit S10_server_limit
S9_two_types S20_underscore S24_lower_case I2_two_origins
I3_configuration_hidden S19_no_database S19_no_configuration
""".split()
# Silent: whatever is not the server's alone, or asked of the probe.
ALONE = """
D6_reason G1_compressed_elsewhere S3_once S19_nothing I1_authorization
""".split()
RED = {"no-guard": set(GUARD), "no-status": set(STATUS),
       "silent": set(ITEMS) - set(ALONE)}
