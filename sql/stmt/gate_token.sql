-- Ahead of a statement: whether an API token ($1, its hash) is still good, its
-- account as it was at an epoch ($2).
-- Also: the epoch of the account that changed last.
SELECT @home@.ifmatch_known('token', $1, $2::bigint),
       (SELECT max(a.epoch) FROM @home@.ifmatch_account AS a);
