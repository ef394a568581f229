-- Lets nobody else make the first account until the transaction ends ('ifmatch'
-- and one).
SELECT pg_advisory_xact_lock(29660295066182505);
