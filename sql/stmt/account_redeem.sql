-- Spends an invitation ($1, its token's hash) on a password ($2, its hash): ends
-- the account's sessions. No rows: there is no such invitation.
WITH spent AS (
    DELETE FROM @home@.ifmatch_invitation
     WHERE hash = $1 AND expires_at > now() RETURNING account
), ended AS (
    DELETE FROM @home@.ifmatch_session
     WHERE account IN (SELECT account FROM spent)
)
UPDATE @home@.ifmatch_account SET password = $2
 WHERE name IN (SELECT account FROM spent) AND NOT disabled
RETURNING name;
