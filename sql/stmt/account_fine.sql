-- An attempt to log in as an account ($1) from an address ($2) has succeeded.
SELECT @home@.ifmatch_attempt_fine($1, $2);
