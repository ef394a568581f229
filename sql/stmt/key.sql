-- The columns that tell the rows of one relation ($1 oid) apart, in order: the
-- primary key, else the smallest unique index over columns without NULLs.
SELECT k.attnum
  FROM (SELECT i.indkey, i.indnkeyatts
          FROM pg_index AS i
         WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid
           AND i.indpred IS NULL AND i.indexprs IS NULL
           AND NOT EXISTS (SELECT FROM pg_attribute AS a
                            WHERE a.attrelid = i.indrelid AND NOT a.attnotnull
                              AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]))
         ORDER BY NOT i.indisprimary, i.indnkeyatts, i.indexrelid
         LIMIT 1) AS i,
       unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k (attnum, part)
 ORDER BY k.part;
