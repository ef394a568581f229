-- Ahead of a statement: whether an account ($1) is as it was at an epoch ($2).
SELECT @home@.ifmatch_known('account', $1, $2::bigint);
