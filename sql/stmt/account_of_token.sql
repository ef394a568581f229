-- The account of an API token, by the token's hash ($1).
SELECT a.name, a.display_name, a.password, array_to_string(a.groups, ','),
       a.admin, a.disabled, a.epoch
  FROM @home@.ifmatch_token AS t JOIN @home@.ifmatch_account AS a ON a.name = t.account
 WHERE t.hash = $1 AND coalesce(t.expires_at > now(), true);
