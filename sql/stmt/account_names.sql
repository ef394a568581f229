-- Who goes by another name than their account's, in the order of bytes; beside
-- each, the epoch of the account that changed last. One row of NULLs: nobody.
SELECT m.epoch, a.name, a.display_name
  FROM (SELECT max(epoch) AS epoch FROM @home@.ifmatch_account) AS m
  LEFT JOIN @home@.ifmatch_account AS a ON a.display_name <> a.name
 ORDER BY a.name COLLATE "C";
