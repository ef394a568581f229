-- The schema of the accounts (sql/accounts.sql), quoted, and whether the program
-- may use them. Only what somebody made whose code runs in the program's name
-- anyway counts, and in the schema ifmatch what the schema's owner made.
SELECT quote_ident(n.nspname),
       bool_and(CASE WHEN o.kind = 'r'
                     THEN has_table_privilege(o.oid, 'SELECT')
                          AND has_table_privilege(o.oid, 'INSERT')
                          AND has_table_privilege(o.oid, 'UPDATE')
                          AND has_table_privilege(o.oid, 'DELETE')
                     ELSE has_function_privilege(o.oid, 'EXECUTE') END)
           AND has_schema_privilege(n.oid, 'USAGE'),
       current_user
  FROM (SELECT 'r', oid, relname, relnamespace, relowner FROM pg_class
         WHERE relkind = 'r'
           AND relname IN ('ifmatch_account', 'ifmatch_session',
                           'ifmatch_token', 'ifmatch_invitation',
                           'ifmatch_attempt')
        UNION ALL
        SELECT 'f', oid, proname, pronamespace, proowner FROM pg_proc
         WHERE proname IN ('ifmatch_known', 'ifmatch_attempt',
                           'ifmatch_attempt_fine')
       ) AS o (kind, oid, name, namespace, owner)
  JOIN pg_namespace AS n ON n.oid = o.namespace
 WHERE o.owner IN (SELECT n.nspowner WHERE n.nspname = 'ifmatch'
                   UNION ALL SELECT datdba FROM pg_database
                    WHERE datname = current_database()
                   UNION ALL SELECT oid FROM pg_roles
                    WHERE rolsuper OR rolname = current_user)
 GROUP BY n.oid, n.nspname HAVING count(*) = 8
 ORDER BY n.nspname <> 'ifmatch', n.nspname LIMIT 1;
