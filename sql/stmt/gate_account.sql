-- Ahead of a statement: whether an account ($1) is as it was at an epoch ($2).
-- Also: the epoch of the account that changed last.
SELECT @home@.ifmatch_known('account', $1, $2::bigint),
       (SELECT max(a.epoch) FROM @home@.ifmatch_account AS a);
