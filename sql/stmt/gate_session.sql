-- Ahead of a statement: whether a session ($1) still lives, its account as it was
-- at an epoch ($2).
SELECT @home@.ifmatch_known('session', $1, $2::bigint);
