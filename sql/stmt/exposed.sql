-- The relations that the configuration names: $1 schemas, $2 names of the same
-- length; a NULL name means all of the schema, but for what is ours.
SELECT c.oid, n.nspname, c.relname, w.i
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (schema, name, i)
  JOIN pg_namespace AS n ON n.nspname = w.schema
  JOIN pg_class AS c ON c.relnamespace = n.oid
                    AND (c.relname = w.name
                         OR w.name IS NULL AND NOT c.relispartition
                            AND c.relname NOT LIKE 'ifmatch\_%')
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND (w.name IS NOT NULL
        OR NOT EXISTS (SELECT FROM pg_depend AS d
                        WHERE d.classid = 'pg_class'::regclass
                          AND d.objid = c.oid AND d.deptype = 'e'))
 ORDER BY w.name IS NULL, n.nspname, c.relname;
