-- Ahead of a statement: whether a session ($1) still lives, its account as it was
-- at an epoch ($2).
-- Also: the epoch of the account that changed last.
SELECT @home@.ifmatch_known('session', $1, $2::bigint),
       (SELECT max(a.epoch) FROM @home@.ifmatch_account AS a);
