-- Whether an account ($1) may log in ($2: not); ends its sessions. No rows: there
-- is no such account.
WITH ended AS (
    DELETE FROM @home@.ifmatch_session WHERE account = $1
)
UPDATE @home@.ifmatch_account SET disabled = $2::boolean WHERE name = $1
RETURNING name;
