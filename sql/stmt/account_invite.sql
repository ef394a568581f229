-- An invitation ($1, its token's hash) to an account ($2), for $3 seconds. It takes
-- the place of earlier ones. No rows: there is no such account.
WITH spent AS (
    DELETE FROM @home@.ifmatch_invitation WHERE account = $2
)
INSERT INTO @home@.ifmatch_invitation (hash, account, expires_at)
SELECT $1, name, now() + $3::int * interval '1 second'
  FROM @home@.ifmatch_account WHERE name = $2
RETURNING account;
