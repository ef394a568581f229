-- How many sessions of an account ($1) there are.
SELECT count(*) FROM @home@.ifmatch_session
 WHERE account = $1 AND expires_at > now();
