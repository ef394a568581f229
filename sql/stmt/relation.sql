-- What one relation ($1 oid) is, and what on it or below it may change what a
-- statement does. tree: the relation with its partitions and inheriting tables.
WITH RECURSIVE tree (oid) AS (
    SELECT $1::oid
    UNION
    SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid
), member AS (
    SELECT c.oid, c.relkind, coalesce(a.amname = 'heap', false) AS heap,
           (SELECT max(CASE WHEN g.tgenabled IN ('O', 'A') THEN 2 ELSE 1 END)
              FROM pg_trigger AS g JOIN pg_proc AS p ON p.oid = g.tgfoid
             WHERE g.tgrelid = c.oid AND g.tgname = 'zzz_ifmatch'
               AND p.proname = 'ifmatch_touch') AS ours
      FROM tree JOIN pg_class AS c USING (oid)
      LEFT JOIN pg_am AS a ON a.oid = c.relam
), triggers AS (
    SELECT g.tgtype::int AS bits, g.tginitdeferred AS deferred
      FROM pg_trigger AS g JOIN tree ON g.tgrelid = tree.oid
     WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
       AND g.tgname <> 'zzz_ifmatch'
), rules AS (
    SELECT r.ev_type FROM pg_rewrite AS r JOIN tree ON r.ev_class = tree.oid
     WHERE r.ev_type <> '1' AND r.ev_enabled <> 'D'
), homes AS (
    -- the schemas of our functions that remember forms and keep files, from
    -- somebody whose code runs in the program's name anyway, by triggers
    SELECT quote_ident(h.nspname) AS ident,
           row(h.nspname <> 'ifmatch', h.nspname) AS place,
           count(*) FILTER (WHERE p.proname LIKE 'ifmatch\_submit%') AS forms,
           count(*) FILTER (WHERE p.proname LIKE 'ifmatch\_upload%') AS files
      FROM pg_proc AS p JOIN pg_namespace AS h ON h.oid = p.pronamespace
     WHERE p.proname IN ('ifmatch_submit', 'ifmatch_submit_key',
                         'ifmatch_submitted', 'ifmatch_upload_put',
                         'ifmatch_upload_get', 'ifmatch_upload_lock',
                         'ifmatch_upload_saved')
       AND p.proowner IN (SELECT relowner FROM pg_class WHERE oid = $1::oid
                          UNION ALL SELECT datdba FROM pg_database
                           WHERE datname = current_database()
                          UNION ALL SELECT oid FROM pg_roles
                           WHERE rolsuper OR rolname = current_user)
       AND has_schema_privilege(h.oid, 'USAGE')
       AND has_function_privilege(p.oid, 'EXECUTE')
     GROUP BY h.nspname
)
SELECT n.nspname, c.relname, c.relkind,
       format('%I.%I', n.nspname, c.relname),
       obj_description(c.oid, 'pg_class'),
       (SELECT bool_and(relkind = 'p' OR relkind = 'r' AND heap) FROM member),
       (SELECT count(*) > 1 FROM tree),
       -- our trigger: 2 everywhere and enabled, 1 there but not all enabled
       (SELECT CASE WHEN bool_and(ours IS NOT NULL) THEN min(ours)
                    WHEN bool_or(ours IS NOT NULL) THEN 1 END FROM member),
       c.relrowsecurity,
       -- per event (insert 4, update 16, delete 8): any trigger, a rule,
       -- a trigger after a row
       EXISTS (SELECT FROM triggers WHERE bits & 4 > 0),
       EXISTS (SELECT FROM triggers WHERE bits & 16 > 0),
       EXISTS (SELECT FROM triggers WHERE bits & 8 > 0),
       EXISTS (SELECT FROM rules WHERE ev_type = '3'),
       EXISTS (SELECT FROM rules WHERE ev_type = '2'),
       EXISTS (SELECT FROM rules WHERE ev_type = '4'),
       EXISTS (SELECT FROM triggers WHERE bits & 71 = 5),
       EXISTS (SELECT FROM triggers WHERE bits & 83 = 17)
       OR EXISTS (SELECT FROM pg_constraint AS k
                   WHERE k.contype = 'f' AND k.conrelid = c.oid
                     AND k.confrelid = c.oid AND k.confupdtype IN ('c', 'n', 'd')),
       EXISTS (SELECT FROM triggers WHERE deferred),
       EXISTS (SELECT FROM triggers WHERE bits & 64 > 0),
       pg_relation_is_updatable(c.oid, false),
       has_any_column_privilege(c.oid, 'SELECT'),
       has_any_column_privilege(c.oid, 'INSERT'),
       has_any_column_privilege(c.oid, 'UPDATE'),
       has_table_privilege(c.oid, 'DELETE'),
       c.relkind NOT IN ('r', 'p') OR has_column_privilege(c.oid, 'xmin', 'SELECT'),
       has_schema_privilege(n.oid, 'USAGE'), current_user,
       (SELECT ident FROM homes WHERE forms = 3 ORDER BY place LIMIT 1),
       (SELECT ident FROM homes WHERE files = 4 ORDER BY place LIMIT 1)
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.oid = $1::oid;
