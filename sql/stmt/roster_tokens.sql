-- The API tokens of an account ($1), the latest first.
SELECT id, label, to_char(made_at, 'YYYY-MM-DD HH24:MI')
  FROM @home@.ifmatch_token WHERE account = $1 ORDER BY made_at DESC, id DESC;
