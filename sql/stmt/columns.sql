-- The columns of one relation ($1 oid). Domains are resolved to their base type
-- (the modifier is the one nearest to the column). For a view: which column of
-- which relation each one shows, from the target list of its rule. That of the
-- outer query stands two braces deep, those of subqueries deeper.
WITH RECURSIVE base (attnum, oid, typmod) AS (
    SELECT a.attnum, a.atttypid, a.atttypmod
      FROM pg_attribute AS a
     WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT b.attnum, t.typbasetype,
           CASE WHEN b.typmod = -1 THEN t.typtypmod ELSE b.typmod END
      FROM base AS b JOIN pg_type AS t ON t.oid = b.oid
     WHERE t.typtype = 'd'
), piece (text, depth) AS (
    SELECT p.part[1],
           sum(CASE p.part[2] WHEN '{' THEN 1 WHEN '}' THEN -1 ELSE 0 END)
               OVER (ORDER BY p.i ROWS BETWEEN UNBOUNDED PRECEDING
                                           AND 1 PRECEDING)
      FROM pg_rewrite AS r,
           regexp_matches(r.ev_action::text, '((?:\\.|[^{}\\])*)([{}]?)', 'g')
               WITH ORDINALITY AS p (part, i)
     WHERE r.ev_class = $1::oid AND r.ev_type = '1'
), shown (origin) AS (
    SELECT regexp_match(text,
               ' :resno (\d+) :resname (?:\\.|[^ \\])+'
               || ' :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+)')
      FROM piece WHERE depth = 2
)
SELECT a.attnum, a.attname, quote_ident(a.attname),
       format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, -1),
       t.typname, t.typtype, t.typnamespace = 'pg_catalog'::regnamespace,
       a.attnotnull OR (r.relkind IN ('r', 'p') AND EXISTS (
           SELECT FROM base AS n JOIN pg_type AS d ON d.oid = n.oid
            WHERE n.attnum = a.attnum AND d.typnotnull)),
       pg_get_expr(d.adbin, d.adrelid),
       nullif(a.attidentity, ''), a.attgenerated <> '',
       CASE WHEN t.typname IN ('varchar', 'bpchar') AND b.typmod > 4
            THEN b.typmod - 4 ELSE 0 END,
       CASE WHEN t.typtype = 'e'
            THEN (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
                    FROM pg_enum AS e WHERE e.enumtypid = t.oid) END,
       col_description($1::oid, a.attnum),
       has_column_privilege($1::oid, a.attnum, 'SELECT'),
       has_column_privilege($1::oid, a.attnum, 'INSERT'),
       has_column_privilege($1::oid, a.attnum, 'UPDATE'),
       pg_column_is_updatable($1::oid, a.attnum, false),
       o.origin[2], o.origin[3], b.typmod, t.oid,
       (SELECT json_agg(pg_get_expr(c.conbin, 0) ORDER BY c.conname)
          FROM base AS n JOIN pg_constraint AS c ON c.contypid = n.oid
         WHERE n.attnum = a.attnum AND c.contype = 'c'),
       (SELECT to_jsonb(k) ->> 'collisdeterministic' = 'false'
          FROM pg_collation AS k WHERE k.oid = a.attcollation)
  FROM pg_attribute AS a
  JOIN pg_class AS r ON r.oid = a.attrelid
  JOIN base AS b USING (attnum)
  JOIN pg_type AS t ON t.oid = b.oid AND t.typtype <> 'd'
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN shown AS o ON o.origin[1] = a.attnum::text
 WHERE a.attrelid = $1::oid
 ORDER BY a.attnum;
