-- Whether there is any account.
SELECT EXISTS (SELECT FROM @home@.ifmatch_account);
