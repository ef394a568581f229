-- The account of an invitation, by its token's hash ($1).
SELECT a.name, a.display_name, a.password, array_to_string(a.groups, ','),
       a.admin, a.disabled, a.epoch
  FROM @home@.ifmatch_invitation AS i JOIN @home@.ifmatch_account AS a ON a.name = i.account
 WHERE i.hash = $1 AND i.expires_at > now();
