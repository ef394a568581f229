-- Begins a session ($1) of an account ($2) for $3 seconds; another one ($4, or
-- NULL) and those that have expired are removed.
WITH expired AS (
    DELETE FROM @home@.ifmatch_session
     WHERE account = $2 AND expires_at <= now() OR id = $4
)
INSERT INTO @home@.ifmatch_session (id, account, expires_at)
SELECT $1, name, now() + $3::int * interval '1 second'
  FROM @home@.ifmatch_account WHERE name = $2 AND NOT disabled
RETURNING id;
