-- Ends the backend of a lost connection ($1 pid, $2 its start) if it is still
-- there; one row as long as it is.
SELECT pg_terminate_backend(a.pid)
  FROM pg_stat_activity AS a
 WHERE a.pid = $1::int
   AND extract(epoch FROM a.backend_start)::text = $2;
