-- Ends the sessions of an account ($1), but for one ($2, or NULL).
DELETE FROM @home@.ifmatch_session
 WHERE account = $1 AND id IS DISTINCT FROM $2;
