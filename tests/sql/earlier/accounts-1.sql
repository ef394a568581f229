-- Accounts of ifmatch: people, their logins, and their programs' tokens, for
-- sites whose configuration says accounts = on.
--
--   psql -f accounts.sql
--
-- Needs PostgreSQL 13 or later; no superuser, no extension. Run the file again
-- to upgrade. Everything lies beside protect(): in the schema ifmatch, or, for a
-- role that may not create schemas, in its current one. Where the program
-- connects as another role than the one that runs this file:
--
--   SELECT ifmatch.accounts_for('club');
--
-- Everything is one statement, so that it is installed whole or not at all.

DO $install$
DECLARE
	home name := 'ifmatch';
	part record;
BEGIN
	IF current_setting('server_version_num')::int < 130000 THEN
		RAISE EXCEPTION 'ifmatch needs PostgreSQL 13 or later'
			USING ERRCODE = 'feature_not_supported';
	END IF;

	-- Where to.
	IF to_regnamespace('ifmatch') IS NULL
		OR NOT has_schema_privilege('ifmatch', 'CREATE') THEN
		IF to_regnamespace('ifmatch') IS NULL
			AND has_database_privilege(current_database(), 'CREATE')
			AND (current_schema() IS NULL OR to_regclass(format(
				'%I.ifmatch_account', current_schema())) IS NULL) THEN
			CREATE SCHEMA ifmatch;
		ELSE
			home := current_schema();
		END IF;
	END IF;
	IF home IS NULL OR NOT has_schema_privilege(home, 'CREATE') THEN
		RAISE EXCEPTION 'role % may create neither schemas in database % nor objects in its current schema',
			quote_ident(current_user), quote_ident(current_database())
			USING ERRCODE = 'insufficient_privilege',
			HINT = format('Somebody who may: CREATE SCHEMA ifmatch AUTHORIZATION %I;',
				current_user);
	END IF;

	-- The tables, each as its name, columns and comment. epoch changes whenever
	-- the account does, so that a program that knows it by that number knows
	-- whether it is still so; it begins at the clock, so that an account that is
	-- made anew under an old name has another.
	FOR part IN SELECT * FROM (VALUES
('ifmatch_account',
$columns$
	name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100
		AND name !~ '[[:cntrl:]:,"]' AND name !~ '^[@*]'
		AND name = btrim(name) AND name <> 'anyone'),
	display_name text CHECK (length(display_name) BETWEEN 1 AND 100
		AND display_name !~ '[[:cntrl:]]'),
	password text,
	admin boolean NOT NULL DEFAULT false,
	disabled boolean NOT NULL DEFAULT false,
	groups text[] NOT NULL DEFAULT '{}'
		CHECK (octet_length(array_to_string(groups, ',')) <= 1000
		AND array_to_string(groups, ',') !~ '[[:cntrl:]]'
		AND cardinality(string_to_array(array_to_string(groups, ','), ','))
			= cardinality(groups)),
	epoch bigint NOT NULL
		DEFAULT floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
	made_at timestamptz NOT NULL DEFAULT now()
$columns$,
'The people of the site. name is what updated_by holds, and stays; password is what libsodium''s Argon2id made of it, NULL: none yet.'),

('ifmatch_session',
$columns$
	id text PRIMARY KEY,
	account text NOT NULL
		REFERENCES @home@.ifmatch_account ON DELETE CASCADE ON UPDATE CASCADE,
	made_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz NOT NULL
$columns$,
'The logins that have not ended. Deleting one ends it.'),

('ifmatch_token',
$columns$
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	hash text NOT NULL UNIQUE,
	account text NOT NULL
		REFERENCES @home@.ifmatch_account ON DELETE CASCADE ON UPDATE CASCADE,
	label text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
	made_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz
$columns$,
'What programs log in with instead of a password. Deleting one ends its use.'),

('ifmatch_invitation',
$columns$
	hash text PRIMARY KEY,
	account text NOT NULL
		REFERENCES @home@.ifmatch_account ON DELETE CASCADE ON UPDATE CASCADE,
	made_at timestamptz NOT NULL DEFAULT now(),
	expires_at timestamptz NOT NULL
$columns$,
'Links that let somebody choose the password of an account, once: whoever does deletes it.'),

('ifmatch_attempt',
$columns$
	subject text PRIMARY KEY CHECK (length(subject) <= 200),
	failures integer NOT NULL,
	last_at timestamptz NOT NULL,
	until timestamptz NOT NULL
$columns$,
'Logins that failed within the last hour, by account and by address, and until when the next has to wait.')
	) AS tables (name, columns, meaning) LOOP
		IF to_regclass(format('%I.%I', home, part.name)) IS NULL THEN
			EXECUTE format('CREATE TABLE %I.%I (%s)', home, part.name,
				replace(part.columns, '@home@', quote_ident(home)));
			EXECUTE format('COMMENT ON TABLE %I.%I IS %L', home, part.name,
				part.meaning);
			IF part.name <> 'ifmatch_account' THEN
				EXECUTE format('CREATE INDEX ON %I.%I (%I)', home, part.name,
					CASE part.name WHEN 'ifmatch_attempt' THEN 'last_at'
					ELSE 'account' END);
			END IF;
		END IF;
	END LOOP;

	-- The functions, each as its signature, options, comment and body.
	FOR part IN SELECT * FROM (VALUES

('ifmatch_account_touch()', 'RETURNS trigger LANGUAGE plpgsql',
'Trigger function: gives an account that changes another epoch.',
$body$
BEGIN
	NEW.epoch := OLD.epoch;
	IF NEW IS DISTINCT FROM OLD THEN
		NEW.epoch := greatest(OLD.epoch + 1,
			floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
	END IF;
	RETURN NEW;
END
$body$),

-- It raises the error that the program takes for "log in again".
('ifmatch_known(kind text, what text, epoch bigint)',
'RETURNS void LANGUAGE plpgsql STABLE',
'Raises an error unless a session, account or token (its hash) is still good, and its account as it was at that epoch.',
$body$
BEGIN
	IF kind = 'session' THEN
		PERFORM FROM @home@.ifmatch_session AS s
			JOIN @home@.ifmatch_account AS a ON a.name = s.account
			WHERE s.id = $2 AND a.epoch = $3 AND NOT a.disabled
			AND s.expires_at > now();
	ELSIF kind = 'token' THEN
		PERFORM FROM @home@.ifmatch_token AS t
			JOIN @home@.ifmatch_account AS a ON a.name = t.account
			WHERE t.hash = $2 AND a.epoch = $3 AND NOT a.disabled
			AND coalesce(t.expires_at > now(), true);
	ELSE
		PERFORM FROM @home@.ifmatch_account AS a
			WHERE a.name = $2 AND a.epoch = $3 AND NOT a.disabled;
	END IF;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'not known any more' USING ERRCODE = 'IF401';
	END IF;
END
$body$),

-- Each failure beyond the first few doubles the wait. An attempt counts as a
-- failure until it has succeeded, so that many at once are no way around.
('ifmatch_attempt(account text, address text)',
'RETURNS integer LANGUAGE plpgsql',
'Takes down that somebody tries to log in. Returns how many seconds this has to wait for; 0: not at all.',
$body$
DECLARE
	subjects text[] := ARRAY['account ' || account, 'address ' || address];
	free int[] := ARRAY[10, 30];
	longest int[] := ARRAY[60, 300];
	pause interval;
BEGIN
	DELETE FROM @home@.ifmatch_attempt WHERE ctid = ANY (ARRAY(
		SELECT ctid FROM @home@.ifmatch_attempt
		WHERE last_at < now() - interval '1 hour'
		ORDER BY last_at LIMIT 4 FOR UPDATE SKIP LOCKED));
	FOR i IN 1 .. 2 LOOP
		INSERT INTO @home@.ifmatch_attempt AS a
			VALUES (subjects[i], 0, clock_timestamp(), '-infinity')
			ON CONFLICT (subject) DO UPDATE SET failures = CASE
				WHEN a.last_at < clock_timestamp() - interval '1 hour'
				THEN 0 ELSE a.failures END;
	END LOOP;
	SELECT max(a.until) - clock_timestamp() INTO pause
		FROM @home@.ifmatch_attempt AS a
		WHERE a.subject = ANY (subjects) AND a.until > clock_timestamp();
	IF pause > interval '0' THEN
		RETURN ceil(extract(epoch FROM pause));
	END IF;
	FOR i IN 1 .. 2 LOOP
		UPDATE @home@.ifmatch_attempt AS a SET failures = a.failures + 1,
			last_at = clock_timestamp(),
			until = CASE WHEN a.failures + 1 < free[i] THEN '-infinity'
				ELSE clock_timestamp() + least(longest[i],
					2 ^ least(a.failures + 1 - free[i], 20))
					* interval '1 second' END
			WHERE a.subject = subjects[i];
	END LOOP;
	RETURN 0;
END
$body$),

('ifmatch_attempt_fine(account text, address text)',
'RETURNS void LANGUAGE sql',
'Takes back what ifmatch_attempt took down: the attempt succeeded.',
$body$
	DELETE FROM @home@.ifmatch_attempt WHERE subject = 'account ' || $1;
	UPDATE @home@.ifmatch_attempt SET failures = greatest(failures - 1, 0),
		until = '-infinity' WHERE subject = 'address ' || $2
$body$),

('accounts_for(role regrole)', 'RETURNS void LANGUAGE plpgsql',
'Lets a role be the program of a site with accounts.',
$body$
BEGIN
	EXECUTE format('GRANT USAGE ON SCHEMA @home@ TO %s', role);
	EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON
		@home@.ifmatch_account, @home@.ifmatch_session, @home@.ifmatch_token,
		@home@.ifmatch_invitation, @home@.ifmatch_attempt TO %s', role);
END
$body$)

	) AS parts (signature, options, meaning, body) LOOP
		EXECUTE format('CREATE OR REPLACE FUNCTION %I.%s %s
			SET search_path = pg_catalog, pg_temp AS %L', home,
			part.signature, part.options,
			replace(part.body, '@home@', quote_ident(home)));
		EXECUTE format('COMMENT ON FUNCTION %I.%s IS %L', home,
			part.signature, part.meaning);
	END LOOP;

	EXECUTE format('DROP TRIGGER IF EXISTS zzz_ifmatch_account ON %I.ifmatch_account',
		home);
	EXECUTE format('CREATE TRIGGER zzz_ifmatch_account
		BEFORE UPDATE ON %I.ifmatch_account FOR EACH ROW
		EXECUTE FUNCTION %I.ifmatch_account_touch()', home, home);
END
$install$;
