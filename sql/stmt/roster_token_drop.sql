-- Takes back an API token ($2) of an account ($1).
DELETE FROM @home@.ifmatch_token WHERE account = $1 AND id = $2::bigint;
