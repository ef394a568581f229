-- Ends the backend of a lost connection, which is known by its application name
-- ($1), if it is still there. First: whether names reach the database as we give
-- them ($2: this connection's); else nothing is known. Second: whether it is gone.
SELECT current_setting('application_name') = $2,
       count(pg_terminate_backend(a.pid)) = 0
  FROM pg_stat_activity AS a
 WHERE a.application_name = $1 AND a.usename = session_user;
