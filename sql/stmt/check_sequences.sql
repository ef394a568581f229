-- The sequences that the defaults of one table ($1 oid) draw from and that this role
-- may not use.
SELECT DISTINCT format('%I.%I', n.nspname, s.relname)
  FROM pg_attrdef AS a
  JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
                     AND d.refclassid = 'pg_class'::regclass
  JOIN pg_class AS s ON s.oid = d.refobjid
  JOIN pg_namespace AS n ON n.oid = s.relnamespace
 WHERE a.adrelid = $1::oid
   AND CASE WHEN s.relkind = 'S'
            THEN NOT has_sequence_privilege(s.oid, 'USAGE, UPDATE') END;
