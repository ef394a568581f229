-- What the texts of values depend on: set once a connection; only for this
-- transaction, where the backend is another one than the connection began with
-- ($4), which is so behind a pooler. That stands in the first column.
-- $1 time zone or NULL, $2 search path, $3 statement timeout
SELECT p.pooled,
       set_config('DateStyle', 'ISO, MDY', p.pooled),
       set_config('IntervalStyle', 'postgres', p.pooled),
       set_config('TimeZone', coalesce($1, current_setting('TimeZone')),
                  p.pooled),
       set_config('extra_float_digits', '1', p.pooled),
       set_config('bytea_output', 'hex', p.pooled),
       set_config('xmlbinary', 'base64', p.pooled),
       set_config('xmloption', 'content', p.pooled),
       set_config('lc_monetary', 'C', p.pooled),
       set_config('default_transaction_isolation', 'read committed',
                  p.pooled),
       set_config('search_path', $2, p.pooled),
       set_config('statement_timeout', $3, p.pooled)
  FROM (SELECT pg_backend_pid()::text <> $4) AS p (pooled);
