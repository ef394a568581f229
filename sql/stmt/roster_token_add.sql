-- An API token for an account ($1): $2 its hash, $3 what it is for. No rows: there
-- is no such account.
INSERT INTO @home@.ifmatch_token (hash, account, label)
SELECT $2, name, $3 FROM @home@.ifmatch_account WHERE name = $1
RETURNING id;
