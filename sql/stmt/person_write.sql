-- Before a statement that writes: who asks ($1).
SELECT set_config('ifmatch.person', coalesce($1, ''), true);
