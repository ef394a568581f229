-- Another password ($2, its hash) for an account ($1): ends its sessions but one
-- ($3, or NULL), and takes back its invitations.
WITH ended AS (
    DELETE FROM @home@.ifmatch_session
     WHERE account = $1 AND id IS DISTINCT FROM $3
), spent AS (
    DELETE FROM @home@.ifmatch_invitation WHERE account = $1
)
UPDATE @home@.ifmatch_account SET password = $2 WHERE name = $1
RETURNING name;
