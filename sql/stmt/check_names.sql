-- What advice has to name: the role of this connection, and the function that
-- protects tables, wherever sql/ifmatch.sql was installed; NULL: nowhere.
SELECT quote_ident(current_user),
       (SELECT format('%I.protect', n.nspname)
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE p.proname = 'protect'
           AND p.proargtypes = ARRAY['regclass'::regtype]::oidvector
           AND EXISTS (SELECT FROM pg_proc AS touch
                        WHERE touch.pronamespace = n.oid
                          AND touch.proname = 'ifmatch_touch')
         ORDER BY n.nspname <> 'ifmatch', n.nspname
         LIMIT 1);
