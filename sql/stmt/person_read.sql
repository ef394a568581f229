-- Before a statement that reads: who asks ($1), and nothing may be written.
SELECT set_config('ifmatch.person', coalesce($1, ''), true),
       set_config('transaction_read_only', 'on', true);
