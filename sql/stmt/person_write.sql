-- Before a statement that writes: who asks ($1), their groups ($2), and as which
-- role ($3).
SELECT set_config('ifmatch.person', coalesce($1, ''), true),
       set_config('ifmatch.groups', coalesce($2, ''), true),
       CASE WHEN $3::text IS NOT NULL THEN set_config('role', $3, true) END;
