-- Constraints and unique indexes of one relation ($1 oid), so that a refusal can
-- be shown beside its column; for foreign keys also what they refer to, for checks
-- what they say.
SELECT c.conname, to_json(c.conkey), n.nspname, f.relname,
       (SELECT json_agg(a.attname ORDER BY k.i)
          FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, i)
          JOIN pg_attribute AS a ON a.attrelid = c.confrelid
                                AND a.attnum = k.attnum),
       c.contype IN ('p', 'u'), f.oid,
       CASE WHEN c.contype = 'c' THEN pg_get_expr(c.conbin, c.conrelid) END
  FROM pg_constraint AS c
  LEFT JOIN pg_class AS f ON f.oid = c.confrelid AND c.contype = 'f'
  LEFT JOIN pg_namespace AS n ON n.oid = f.relnamespace
 WHERE c.conrelid = $1::oid AND c.conkey IS NOT NULL
   AND c.contype IN ('p', 'u', 'f', 'c', 'x')
UNION ALL
SELECT x.relname, to_json(i.indkey::int2[]), NULL, NULL, NULL,
       i.indpred IS NULL, NULL, NULL
  FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
 WHERE i.indrelid = $1::oid AND i.indisunique AND i.indexprs IS NULL
   AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)
 ORDER BY 1;
