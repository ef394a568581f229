-- Takes down that somebody tries to log in as an account ($1) from an address
-- ($2): how many seconds that has to wait.
SELECT @home@.ifmatch_attempt($1, $2);
