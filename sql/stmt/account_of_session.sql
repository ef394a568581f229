-- The account of a session ($1).
SELECT a.name, a.display_name, a.password, array_to_string(a.groups, ','),
       a.admin, a.disabled, a.epoch
  FROM @home@.ifmatch_session AS s JOIN @home@.ifmatch_account AS a ON a.name = s.account
 WHERE s.id = $1 AND s.expires_at > now();
