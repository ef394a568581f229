-- A new account: $1 name, $2 display name or NULL, $3 whether it administrates,
-- $4 whether it may not log in, $5 groups. No rows: the name is taken.
INSERT INTO @home@.ifmatch_account (name, display_name, admin, disabled, groups)
VALUES ($1, $2, $3::boolean, $4::boolean, $5::text[])
ON CONFLICT (name) DO NOTHING
RETURNING name;
