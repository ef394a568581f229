-- All accounts.
SELECT a.name, a.display_name, a.password, array_to_string(a.groups, ','),
       a.admin, a.disabled, a.epoch
  FROM @home@.ifmatch_account AS a ORDER BY a.name;
