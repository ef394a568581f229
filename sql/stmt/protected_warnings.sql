-- What is wrong with the protection of one table ($1 oid, $2 its highest
-- version), a sentence a row.
WITH ours AS (
    SELECT g.tgrelid, p.pronamespace
      FROM pg_trigger AS g JOIN pg_proc AS p ON p.oid = g.tgfoid
     WHERE g.tgrelid = $1::oid AND g.tgname = 'zzz_ifmatch'
)
SELECT format('the trigger %I fires after ours and can change what ours has '
              'judged; give it a name that sorts before zzz_ifmatch', g.tgname)
  FROM pg_trigger AS g
 WHERE g.tgrelid = $1::oid AND NOT g.tgisinternal
   AND g.tgenabled IN ('O', 'A') AND g.tgtype::int & 3 = 3
   AND g.tgtype::int & 20 > 0 AND g.tgname > 'zzz_ifmatch'
UNION ALL
SELECT format('the sequence %s is behind the versions in use, as after a '
              'restore: SELECT %I.restored();', s.oid::regclass, n.nspname)
  FROM ours
  JOIN pg_class AS s ON s.relnamespace = ours.pronamespace
                    AND s.relname = 'ifmatch_version' AND s.relkind = 'S'
  JOIN pg_namespace AS n ON n.oid = s.relnamespace
 WHERE CASE WHEN has_sequence_privilege(s.oid, 'SELECT')
            THEN coalesce(pg_sequence_last_value(s.oid), 0) < $2::bigint
       END;
