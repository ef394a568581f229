-- A new account: $1 name, $2 display name or NULL, $3 password's hash or NULL,
-- $4 whether it administrates. No rows: the name is taken.
INSERT INTO @home@.ifmatch_account (name, display_name, password, admin)
VALUES ($1, $2, $3, $4::boolean)
ON CONFLICT (name) DO NOTHING
RETURNING name;
