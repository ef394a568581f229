-- What the texts of values depend on, set once a connection.
-- $1 time zone or NULL, $2 search path, $3 statement timeout
SELECT pg_backend_pid()::text,
       extract(epoch FROM pg_stat_get_backend_start(b.id))::text,
       set_config('DateStyle', 'ISO, MDY', false),
       set_config('IntervalStyle', 'postgres', false),
       set_config('TimeZone', coalesce($1, current_setting('TimeZone')), false),
       set_config('extra_float_digits', '1', false),
       set_config('bytea_output', 'hex', false),
       set_config('xmlbinary', 'base64', false),
       set_config('xmloption', 'content', false),
       set_config('lc_monetary', 'C', false),
       set_config('default_transaction_isolation', 'read committed', false),
       set_config('search_path', $2, false),
       set_config('statement_timeout', $3, false)
  FROM (SELECT i FROM pg_stat_get_backend_idset() AS i
         WHERE pg_stat_get_backend_pid(i) = pg_backend_pid()) AS b (id);
