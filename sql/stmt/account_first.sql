-- The first account ($1 name, $2 password's hash): it administrates. No rows: there
-- was one already.
INSERT INTO @home@.ifmatch_account (name, password, admin)
SELECT $1, $2, true WHERE NOT EXISTS (SELECT FROM @home@.ifmatch_account)
RETURNING name;
