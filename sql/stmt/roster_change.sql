-- What an account ($1) may do and is called, while it is as it was at an epoch
-- ($2): $3 display name or NULL, $4 whether it administrates, $5 whether it may
-- not log in (which ends its sessions), $6 groups. No rows: it has changed, or
-- nobody would administrate any more.
WITH changed AS (
    UPDATE @home@.ifmatch_account AS a
       SET display_name = $3, admin = $4::boolean, disabled = $5::boolean,
           groups = $6::text[]
     WHERE a.name = $1 AND a.epoch = $2::bigint
       AND ($4::boolean AND NOT $5::boolean
            OR EXISTS (SELECT FROM @home@.ifmatch_account AS o
                        WHERE o.admin AND NOT o.disabled AND o.name <> $1)
            OR NOT a.admin OR a.disabled)
    RETURNING a.name, a.disabled
), ended AS (
    DELETE FROM @home@.ifmatch_session
     WHERE account IN (SELECT name FROM changed WHERE disabled)
)
SELECT name FROM changed;
