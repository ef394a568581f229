-- Before a list, as before any statement that reads; but how long it takes to
-- read it while it is sent is its reader's matter. The program itself ends one
-- for which the next row does not come.
SELECT set_config('ifmatch.person', coalesce($1, ''), true),
       set_config('ifmatch.groups', coalesce($2, ''), true),
       CASE WHEN $3::text IS NOT NULL THEN set_config('role', $3, true) END,
       set_config('transaction_read_only', 'on', true),
       set_config('statement_timeout', '0', true);
