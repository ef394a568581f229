-- ifmatch.sql: row versions that every writer keeps, whichever program it is.
--
--     psql -d DATABASE -f ifmatch.sql        or paste the file into any client
--
--     SELECT ifmatch.protect('member');      begin to keep versions of a table
--     SELECT ifmatch.unprotect('member');    stop, and drop what protect added
--     SELECT ifmatch.restored();             after a restore or a failover
--
-- protect adds three columns and a trigger. With each change of a row they get
--     version     a number that no row ever had before
--     updated_at  when; no two versions of a row share a second
--     updated_by  who: the setting ifmatch.person, else the session's role
-- Values that a statement sends for them are ignored. The table is not
-- rewritten. Calling protect again is harmless: it repairs a trigger that is
-- missing or disabled, and reaches children added to an inheritance parent.
--
-- The table ifmatch_submission remembers for a day which forms were carried out,
-- so that one which arrives twice is carried out once. It works for all tables
-- whose owner, the database's owner or a superuser ran this file. The same holds
-- for ifmatch_upload, which keeps files for a day while people import them.
--
-- Needs PostgreSQL 13 or later; no superuser, no extension. Run the file again
-- to upgrade. A role that may not create schemas, in a database without a schema
-- called ifmatch, gets everything in its current schema: protect('member').
--
-- Everything is one statement, so that it is installed whole or not at all.

DO $install$
DECLARE
	home name := 'ifmatch';
	sequence text;
	trigger_function text;
	fresh boolean;
	part record;
BEGIN
	IF current_setting('server_version_num')::int < 130000 THEN
		RAISE EXCEPTION 'ifmatch needs PostgreSQL 13 or later'
			USING ERRCODE = 'feature_not_supported';
	END IF;

	-- Where to.
	IF to_regnamespace('ifmatch') IS NOT NULL THEN
		IF NOT has_schema_privilege('ifmatch', 'CREATE') THEN
			RAISE EXCEPTION 'role % may not create objects in the schema ifmatch',
				quote_ident(current_user)
				USING ERRCODE = 'insufficient_privilege',
				HINT = format('It belongs to %s. If ifmatch is installed there already, nothing needs to be done but an upgrade by that role.',
					(SELECT nspowner::regrole FROM pg_namespace
					WHERE nspname = 'ifmatch'));
		END IF;
	ELSIF has_database_privilege(current_database(), 'CREATE')
		AND (current_schema() IS NULL OR to_regprocedure(
			format('%I.ifmatch_touch()', current_schema())) IS NULL) THEN
		CREATE SCHEMA ifmatch;
	ELSE
		home := current_schema();
		IF home IS NULL OR NOT has_schema_privilege(home, 'CREATE') THEN
			RAISE EXCEPTION 'role % may create neither schemas in database % nor objects in its current schema',
				quote_ident(current_user), quote_ident(current_database())
				USING ERRCODE = 'insufficient_privilege',
				HINT = format('Somebody who may: CREATE SCHEMA ifmatch AUTHORIZATION %I;',
					current_user);
		END IF;
		RAISE NOTICE 'ifmatch is in the schema %: SELECT %.protect(''...'');',
			home, quote_ident(home);
	END IF;
	sequence := format('%I.ifmatch_version', home);
	trigger_function := format('%I.ifmatch_touch()', home);
	fresh := to_regclass(sequence) IS NULL;

	IF fresh THEN
		EXECUTE format('CREATE SEQUENCE %s AS bigint START %s', sequence,
			floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
		-- Owners of other tables shall be able to protect them as well.
		IF home = 'ifmatch' THEN
			GRANT USAGE ON SCHEMA ifmatch TO PUBLIC;
		END IF;
	END IF;
	-- Whoever looks after the database may see whether it is behind.
	EXECUTE format('GRANT SELECT ON SEQUENCE %s TO PUBLIC', sequence);

	IF to_regclass(format('%I.ifmatch_submission', home)) IS NULL THEN
		EXECUTE format('CREATE TABLE %I.ifmatch_submission (
			token text CONSTRAINT ifmatch_submission_once PRIMARY KEY
				CHECK (token ~ ''^[0-9a-f]{32}$''),
			content text NOT NULL CHECK (length(content) <= 64),
			key text[],
			made_at timestamptz NOT NULL DEFAULT now())', home);
		EXECUTE format('CREATE INDEX ON %I.ifmatch_submission (made_at)', home);
		EXECUTE format('COMMENT ON TABLE %I.ifmatch_submission IS %L', home,
			'The forms that were carried out within the last day: each one''s token, a hash of what it held, and the key of the row that it wrote.');
	END IF;

	IF to_regclass(format('%I.ifmatch_upload', home)) IS NULL THEN
		EXECUTE format('CREATE TABLE %I.ifmatch_upload (
			token text PRIMARY KEY CHECK (token ~ ''^[0-9a-f]{32}$''),
			person text NOT NULL,
			target text NOT NULL,
			name text NOT NULL,
			parts integer NOT NULL CHECK (parts > 0),
			saved integer[] NOT NULL DEFAULT ''{}'',
			made_at timestamptz NOT NULL DEFAULT now())', home);
		EXECUTE format('CREATE INDEX ON %I.ifmatch_upload (made_at)', home);
		EXECUTE format('COMMENT ON TABLE %I.ifmatch_upload IS %L', home,
			'The files that people imported within the last day: whose, into which table, and the lines of them that are saved.');
		EXECUTE format('CREATE TABLE %1$I.ifmatch_upload_part (
			token text REFERENCES %1$I.ifmatch_upload ON DELETE CASCADE,
			place integer CHECK (place >= 0),
			bytes bytea NOT NULL,
			PRIMARY KEY (token, place))', home);
		EXECUTE format('COMMENT ON TABLE %I.ifmatch_upload_part IS %L', home,
			'What these files hold, in the parts in which they came.');
	END IF;

	-- The functions, each as its signature, options, comment and body. @home@
	-- stands for the schema, @touch@ for the name of the trigger function and
	-- @sequence@ for that of the sequence, both as literals.
	FOR part IN SELECT * FROM (VALUES

-- The trigger. It runs with its owner's rights, because those who write to a
-- protected table need none on the sequence.
('ifmatch_touch()', 'RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER',
'Trigger function: keeps version, updated_at and updated_by of a table that protect() was called for.',
$body$
DECLARE
	earliest timestamptz;
	comparison text;
	same boolean;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		NEW.version := OLD.version;
		NEW.updated_at := OLD.updated_at;
		NEW.updated_by := OLD.updated_by;
		-- The image: json has no equality, and 1.0 is to become 1.00.
		IF NEW *= OLD THEN
			RETURN NEW;
		END IF;

		-- Generated columns are not computed yet: NEW has nothing there.
		IF EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = TG_RELID AND attgenerated <> '') THEN
			SELECT format('SELECT ROW(%s)::record *= ROW(%s)::record',
				string_agg(format('($1).%I', attname), ', ' ORDER BY attnum),
				string_agg(format('($2).%I', attname), ', ' ORDER BY attnum))
				INTO comparison FROM pg_attribute
				WHERE attrelid = TG_RELID AND attnum > 0
				AND NOT attisdropped AND attgenerated = '';
			EXECUTE comparison INTO same USING NEW, OLD;
			IF same THEN
				RETURN NEW;
			END IF;
		END IF;
		earliest := date_trunc('second', OLD.updated_at)
			+ interval '1 second';
	ELSIF current_setting('ifmatch.moved', true)
		= concat(NEW.version, ' ', NEW.updated_at) THEN
		-- The second half of an UPDATE that moves a row to another partition.
		earliest := NEW.updated_at;
	END IF;

	NEW.version := nextval(@sequence@);
	NEW.updated_at := greatest(clock_timestamp(), earliest);
	NEW.updated_by := coalesce(
		nullif(current_setting('ifmatch.person', true), ''), session_user);
	IF TG_OP = 'UPDATE' AND NEW.updated_at = earliest THEN
		-- The row runs ahead of the clock: should it move, its INSERT, which
		-- sees no OLD, knows by this that updated_at comes from here.
		PERFORM set_config('ifmatch.moved',
			concat(NEW.version, ' ', NEW.updated_at), true);
	END IF;
	RETURN NEW;
END
$body$),

-- The jump of a second's worth of numbers makes up for those drawn between
-- reading the sequence and setting it, and for those that a replica had not
-- heard of; the lock keeps two callers apart.
('restored()', 'RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER',
'Call this after a restore, a failover or a return to an earlier state: versions given out before are then never given out again. Returns the number from which on they are drawn.',
$body$
DECLARE
	reached bigint;
BEGIN
	PERFORM pg_advisory_xact_lock(29660295066182504); -- 'ifmatch'
	SELECT setval(@sequence@, 1000000 + greatest(last_value,
		floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint))
		INTO reached FROM @home@.ifmatch_version;
	RETURN reached;
END
$body$),

-- It jumps only where the clock has overtaken the sequence. So the sequence stays
-- within a jump of the clock however many tables are protected at once, and a
-- restored() that knows nothing of them reaches beyond.
('ifmatch_reach()', 'RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER',
'A number that was never given out; the next ones are drawn from there, ahead of the clock. Others who call this or restored() wait for the end of the transaction.',
$body$
BEGIN
	PERFORM pg_advisory_xact_lock(29660295066182504); -- 'ifmatch'
	IF (SELECT last_value FROM @home@.ifmatch_version)
		< floor(extract(epoch FROM clock_timestamp()) * 1000000) THEN
		RETURN @home@.restored();
	END IF;
	RETURN nextval(@sequence@);
END
$body$),

-- The three about forms run with their owner's rights: nobody else reads or
-- writes the table. A second delivery waits here for the end of the first.
('ifmatch_submit(token text, content text)',
'RETURNS void LANGUAGE sql SECURITY DEFINER',
'Takes a form down before it is carried out, in the same transaction. Violates ifmatch_submission_once where that was done before.',
$body$
	DELETE FROM @home@.ifmatch_submission WHERE ctid = ANY (ARRAY(
		SELECT ctid FROM @home@.ifmatch_submission
		WHERE made_at < now() - interval '1 day'
		ORDER BY made_at LIMIT 4 FOR UPDATE SKIP LOCKED));
	INSERT INTO @home@.ifmatch_submission (token, content) VALUES ($1, $2)
$body$),

('ifmatch_submit_key(token text, key text[])',
'RETURNS void LANGUAGE sql SECURITY DEFINER',
'Adds the key of the row that a form has written.',
$body$
	UPDATE @home@.ifmatch_submission SET key = $2 WHERE token = $1
$body$),

('ifmatch_submitted(token text, content text)',
'RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER',
'The parts of the key of the row that a form has written when it first came; one NULL where it left no row. No rows: no such form was carried out.',
$body$
	SELECT part.value FROM @home@.ifmatch_submission AS s
	LEFT JOIN LATERAL unnest(s.key) WITH ORDINALITY AS part (value, i) ON true
	WHERE s.token = $1 AND s.content = $2 ORDER BY part.i
$body$),

-- The four about files run with their owner's rights, too. Whoever asks says who
-- it is for: the program knows that, the database does not.
('ifmatch_upload_put(token text, person text, target text, name text, parts integer, place integer, bytes bytea, most bigint)',
'RETURNS void LANGUAGE plpgsql SECURITY DEFINER',
'Keeps a part of a file for a day, for one person and one table, and the last 20 files of each person. A part that is there stays. Violates ifmatch_upload_most where the file gets larger than that many bytes.',
$body$
BEGIN
	DELETE FROM @home@.ifmatch_upload WHERE ctid = ANY (ARRAY(
		SELECT ctid FROM @home@.ifmatch_upload
		WHERE made_at < now() - interval '1 day'
		ORDER BY made_at LIMIT 4 FOR UPDATE SKIP LOCKED));
	INSERT INTO @home@.ifmatch_upload (token, person, target, name, parts)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;
	IF FOUND THEN
		DELETE FROM @home@.ifmatch_upload WHERE ctid = ANY (ARRAY(
			SELECT u.ctid FROM @home@.ifmatch_upload AS u
			WHERE u.person = $2 AND u.token <> $1
			ORDER BY u.made_at DESC OFFSET 19 FOR UPDATE SKIP LOCKED));
	ELSIF NOT EXISTS (SELECT FROM @home@.ifmatch_upload AS u WHERE u.token = $1
		AND u.person = $2 AND u.target = $3 AND u.parts = $5) THEN
		RAISE EXCEPTION 'this is not the file that it was'
			USING ERRCODE = 'check_violation',
			CONSTRAINT = 'ifmatch_upload_once';
	END IF;
	INSERT INTO @home@.ifmatch_upload_part (token, place, bytes)
		SELECT $1, $6, $7 WHERE $6 < $5 ON CONFLICT DO NOTHING;
	IF (SELECT sum(octet_length(p.bytes)) FROM @home@.ifmatch_upload_part AS p
		WHERE p.token = $1) > $8 THEN
		RAISE EXCEPTION 'the file is larger than % bytes', $8
			USING ERRCODE = 'check_violation',
			CONSTRAINT = 'ifmatch_upload_most';
	END IF;
END
$body$),

('ifmatch_upload_get(token text, person text, target text)',
'RETURNS TABLE (name text, saved text, bytes bytea) LANGUAGE sql STABLE SECURITY DEFINER',
'A file of this person for this table: its name, the lines of it that are saved, and what it holds, or NULL where parts are missing. No rows: there is none.',
$body$
	SELECT u.name, array_to_string(u.saved, ','), (
		SELECT CASE WHEN count(*) = u.parts
			THEN string_agg(p.bytes, '' ORDER BY p.place) END
		FROM @home@.ifmatch_upload_part AS p WHERE p.token = u.token)
	FROM @home@.ifmatch_upload AS u
	WHERE u.token = $1 AND u.person = $2 AND u.target = $3
$body$),

('ifmatch_upload_lock(token text, person text, n integer)',
'RETURNS void LANGUAGE plpgsql SECURITY DEFINER',
'Before lines of a file are saved, in the same transaction: waits for whoever else is saving some. Violates ifmatch_upload_once where more, or less, than n lines of it are saved already.',
$body$
BEGIN
	IF (SELECT cardinality(u.saved) FROM @home@.ifmatch_upload AS u
		WHERE u.token = $1 AND u.person = $2 FOR UPDATE)
		IS DISTINCT FROM $3 THEN
		RAISE EXCEPTION 'lines of this file were saved meanwhile'
			USING ERRCODE = 'check_violation',
			CONSTRAINT = 'ifmatch_upload_once';
	END IF;
END
$body$),

('ifmatch_upload_saved(token text, lines integer[])',
'RETURNS void LANGUAGE sql SECURITY DEFINER',
'Notes which lines of a file are saved.',
$body$
	UPDATE @home@.ifmatch_upload AS u SET saved = u.saved || $2
	WHERE u.token = $1
$body$),

('ifmatch_tree(top regclass)', 'RETURNS SETOF regclass LANGUAGE sql',
'A table and all that inherits from it, partitions included.',
$body$
	WITH RECURSIVE tree (id) AS (
		SELECT top::oid
		UNION
		SELECT inhrelid FROM tree JOIN pg_inherits ON inhparent = id
	)
	SELECT id::regclass FROM tree
$body$),

('ifmatch_ours(t regclass)', 'RETURNS boolean LANGUAGE sql',
'Whether the columns version, updated_at and updated_by of a table were added by protect(): told by the trigger, else by the comment on version, here or where it is inherited from.',
$body$
	WITH RECURSIVE source (id) AS (
		SELECT t::oid
		UNION
		SELECT inhparent FROM source
			JOIN pg_attribute ON attrelid = id AND attname = 'version'
				AND attinhcount > 0
			JOIN pg_inherits ON inhrelid = id
	)
	SELECT EXISTS (SELECT FROM source
		JOIN pg_trigger ON tgrelid = id AND tgname = 'zzz_ifmatch'
		WHERE tgfoid = @touch@::regprocedure)
	OR EXISTS (SELECT FROM source
		JOIN pg_attribute ON attrelid = id AND attname = 'version'
		WHERE col_description(id, attnum)
			LIKE 'Kept by the trigger zzz_ifmatch%')
$body$),

('ifmatch_refuse(t regclass, verb text)', 'RETURNS void LANGUAGE plpgsql',
'Raises an error where protect() or unprotect() cannot work on a table.',
$body$
DECLARE
	it pg_class;
	member record;
BEGIN
	SELECT * INTO it FROM pg_class WHERE oid = t;
	IF NOT FOUND THEN
		RAISE EXCEPTION '% needs a table', verb
			USING ERRCODE = 'undefined_table';
	END IF;
	IF it.relkind NOT IN ('r', 'p') THEN
		RAISE EXCEPTION 'cannot % %: it is not a table', verb, t
			USING ERRCODE = 'wrong_object_type',
			HINT = CASE WHEN it.relkind IN ('v', 'm')
				THEN 'Protect the table that the view reads.'
				WHEN it.relkind = 'f'
				THEN 'Protect the table on the server that it is on.'
				ELSE 'Name an ordinary or a partitioned table.' END;
	END IF;
	IF it.relispartition THEN
		RAISE EXCEPTION 'cannot % %: it is a partition', verb, t
			USING ERRCODE = 'wrong_object_type',
			HINT = format('Name the partitioned table: %s(%L).', verb,
				pg_partition_root(t));
	END IF;
	FOR member IN SELECT oid::regclass AS id, relkind, relowner
		FROM pg_class WHERE oid IN (SELECT @home@.ifmatch_tree(t)) LOOP
		IF NOT pg_has_role(member.relowner, 'USAGE') THEN
			RAISE EXCEPTION 'must be owner of table %', member.id
				USING ERRCODE = 'insufficient_privilege',
				HINT = format('It belongs to %s.', member.relowner::regrole);
		END IF;
		IF member.relkind = 'f' THEN
			RAISE EXCEPTION 'cannot % %: % is a foreign table', verb, t,
				member.id USING ERRCODE = 'wrong_object_type',
				HINT = 'Its rows are changed where no trigger of this database sees it.';
		END IF;
	END LOOP;
END
$body$),

-- With row_security off a policy that hides rows from the owner is an error
-- where it would keep some from getting a new version.
('protect(t regclass)', 'RETURNS void LANGUAGE plpgsql SET row_security = off',
'Begins to keep versions of a table''s rows: adds the columns version, updated_at and updated_by, and the trigger zzz_ifmatch that keeps them for every writer. Call it again to repair the trigger, or after adding an inheritance child.',
$body$
DECLARE
	number bigint;
	member regclass;
	existing record;
	part record;
	kept regclass[];
BEGIN
	PERFORM @home@.ifmatch_refuse(t, 'protect');
	number := @home@.ifmatch_reach(); -- and lets no second protect() begin

	FOR existing IN SELECT id, attname, format_type(atttypid, atttypmod) AS present,
		CASE attname WHEN 'version' THEN 'bigint'
			WHEN 'updated_at' THEN 'timestamp with time zone'
			ELSE 'text' END AS needed,
		@home@.ifmatch_ours(id) AS ours
		FROM @home@.ifmatch_tree(t) AS id
		JOIN pg_attribute ON attrelid = id AND NOT attisdropped
			AND attname IN ('version', 'updated_at', 'updated_by')
		ORDER BY id <> t, id::text, attnum
	LOOP
		IF NOT existing.ours THEN
			RAISE EXCEPTION 'cannot protect %: % has a column % of its own',
				t, existing.id, existing.attname
				USING ERRCODE = 'duplicate_column',
				HINT = format('Rename the column, or name it in the configuration instead: version_column = %s. If an earlier protect added it: COMMENT ON COLUMN %s.version IS ''Kept by the trigger zzz_ifmatch.''',
					existing.attname, existing.id);
		ELSIF existing.present <> existing.needed THEN
			RAISE EXCEPTION 'cannot protect %: column % of % is % where % is needed',
				t, existing.attname, existing.id, existing.present,
				existing.needed
				USING ERRCODE = 'datatype_mismatch';
		ELSIF existing.attname = 'version' THEN
			kept := kept || existing.id;
		END IF;
	END LOOP;

	-- A constant default is written nowhere but in the catalogue.
	FOR part IN SELECT * FROM (VALUES
		('version', format('bigint NOT NULL DEFAULT %s', number),
		'number of the row''s present version'),
		('updated_at', 'timestamp with time zone', 'time of its last change'),
		('updated_by', 'text', 'who changed it last')
		) AS added (name, definition, meaning)
		WHERE NOT EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = t AND attname = name AND NOT attisdropped)
	LOOP
		EXECUTE format('ALTER TABLE %s ADD COLUMN %s %s', t, part.name,
			part.definition);
		IF part.name = 'version' THEN
			EXECUTE format('ALTER TABLE %s ALTER COLUMN version DROP DEFAULT',
				t);
		END IF;
		EXECUTE format('COMMENT ON COLUMN %s.%s IS %L', t, part.name,
			'Kept by the trigger zzz_ifmatch: ' || part.meaning || '.');
	END LOOP;

	FOR member IN SELECT tgrelid FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
		WHERE tgrelid IN (SELECT @home@.ifmatch_tree(t))
		AND tgname = 'zzz_ifmatch' AND tgfoid = @touch@::regprocedure
		AND tgparentid = 0 AND (relispartition OR tgtype <> 23
			OR tgqual IS NOT NULL OR tgattr <> '')
	LOOP
		EXECUTE format('DROP TRIGGER zzz_ifmatch ON %s', member);
	END LOOP;

	-- Rows may have changed unnoticed where the trigger was away: whoever holds
	-- a version from before must not find it again.
	FOR member IN SELECT id FROM unnest(kept) AS id
		JOIN pg_class ON oid = id AND relkind = 'r'
		WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = id
			AND tgname = 'zzz_ifmatch' AND tgenabled IN ('O', 'A'))
	LOOP
		EXECUTE format('LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE',
			member);
		EXECUTE format('UPDATE ONLY %s SET version = %s, updated_by = NULL,
			updated_at = greatest(clock_timestamp(), date_trunc(''second'',
				updated_at) + interval ''1 second'')', member, number);
	END LOOP;

	FOR member IN SELECT id FROM @home@.ifmatch_tree(t) AS id
		JOIN pg_class ON oid = id AND NOT relispartition
		WHERE NOT EXISTS (SELECT FROM pg_trigger
			WHERE tgrelid = id AND tgname = 'zzz_ifmatch'
			AND tgfoid = @touch@::regprocedure)
	LOOP
		EXECUTE format('CREATE TRIGGER zzz_ifmatch BEFORE INSERT OR UPDATE
			ON %s FOR EACH ROW EXECUTE FUNCTION %s', member, @touch@);
	END LOOP;

	FOR member IN SELECT tgrelid FROM pg_trigger
		WHERE tgrelid IN (SELECT @home@.ifmatch_tree(t))
		AND tgname = 'zzz_ifmatch' AND tgenabled NOT IN ('O', 'A')
	LOOP
		EXECUTE format('ALTER TABLE %s ENABLE TRIGGER zzz_ifmatch', member);
	END LOOP;
END
$body$),

('unprotect(t regclass)', 'RETURNS void LANGUAGE plpgsql',
'Drops what protect() added to a table: the trigger zzz_ifmatch and the columns version, updated_at and updated_by.',
$body$
DECLARE
	members regclass[] := ARRAY(SELECT @home@.ifmatch_tree(t));
	member regclass;
	part name;
BEGIN
	PERFORM @home@.ifmatch_refuse(t, 'unprotect');
	IF NOT @home@.ifmatch_ours(t) THEN
		RETURN;
	END IF;
	IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = t
		AND attname = 'version' AND attinhcount > 0) THEN
		RAISE EXCEPTION 'cannot unprotect %: it inherits its versions', t
			USING ERRCODE = 'invalid_table_definition',
			HINT = format('Name the table that it inherits from: %s.',
				(SELECT string_agg(inhparent::regclass::text, ', ')
				FROM pg_inherits WHERE inhrelid = t));
	END IF;

	EXECUTE format('DROP TRIGGER IF EXISTS zzz_ifmatch ON %s', t);
	FOR part IN SELECT attname FROM pg_attribute WHERE attrelid = t
		AND attname IN ('version', 'updated_at', 'updated_by')
	LOOP
		EXECUTE format('ALTER TABLE %s DROP COLUMN %I', t, part);
	END LOOP;

	-- A child that is protected for its own sake, or by another parent, keeps
	-- its columns, and so its trigger.
	FOR member IN SELECT tgrelid FROM pg_trigger
		WHERE tgrelid = ANY (members) AND tgname = 'zzz_ifmatch'
		AND NOT EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = tgrelid AND attname = 'version')
	LOOP
		EXECUTE format('DROP TRIGGER zzz_ifmatch ON %s', member);
	END LOOP;
END
$body$)

	) AS parts (signature, options, meaning, body) LOOP
		EXECUTE format('CREATE OR REPLACE FUNCTION %I.%s %s
			SET search_path = pg_catalog, pg_temp AS %L', home,
			part.signature, part.options,
			replace(replace(replace(part.body,
				'@home@', quote_ident(home)),
				'@touch@', quote_literal(trigger_function)),
				'@sequence@', quote_literal(sequence)));
		EXECUTE format('COMMENT ON FUNCTION %I.%s IS %L', home,
			part.signature, part.meaning);
	END LOOP;
	EXECUTE format('SELECT %I.ifmatch_reach()', home);
END
$install$;
