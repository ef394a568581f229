-- Ends a session ($1).
DELETE FROM @home@.ifmatch_session WHERE id = $1;
