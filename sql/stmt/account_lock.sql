-- Lets nobody else make or change accounts until the transaction ends.
LOCK TABLE @home@.ifmatch_account IN SHARE ROW EXCLUSIVE MODE;
