-- What can stand between a condition and a row: one object for each case of
-- test_guards.py. Run by a superuser; the role owner owns what is exposed.

CREATE EXTENSION postgres_fdw;
CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler;
SET ROLE owner;

-- Plain tables: our trigger, another program's column, none.
CREATE TABLE kept (id int PRIMARY KEY, name text);
CREATE TABLE bare (id int PRIMARY KEY, name text);
CREATE TABLE railed (id int PRIMARY KEY, name text,
    lock_version int NOT NULL DEFAULT 0);
CREATE TABLE optlocked (id int PRIMARY KEY, name text, "OptLock" bigint);
CREATE TABLE candidate (id int PRIMARY KEY, name text, version int DEFAULT 7);
CREATE TABLE said_none (LIKE candidate INCLUDING ALL);
CREATE TABLE said_version (LIKE candidate INCLUDING ALL);
CREATE TABLE never_counted (id int PRIMARY KEY, name text, version int);
CREATE TABLE small_version (id int PRIMARY KEY, name text, version smallint
    DEFAULT 1);
CREATE TABLE negative (id int PRIMARY KEY, name text, version int DEFAULT -7);
CREATE TABLE stamped_0 (id int PRIMARY KEY, name text,
    changed timestamptz(0) DEFAULT now());
CREATE TABLE stamped_3 (id int PRIMARY KEY, name text,
    changed timestamp(3) DEFAULT now());
CREATE TABLE stamped_6 (id int PRIMARY KEY, name text,
    changed timestamptz DEFAULT now());
CREATE TABLE identified (id int PRIMARY KEY, name text,
    rev uuid DEFAULT gen_random_uuid());
CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.version := OLD.version + 10; RETURN NEW; END $$;
CREATE TABLE counted (id int PRIMARY KEY, name text, version int DEFAULT 10);
CREATE TRIGGER counts BEFORE UPDATE ON counted
    FOR EACH ROW EXECUTE FUNCTION count_up();

-- Kinds of columns.
CREATE TABLE documents (id int PRIMARY KEY, name text, doc json, more jsonb);
CREATE TABLE generated (id int PRIMARY KEY, name text,
    loud text GENERATED ALWAYS AS (upper(name)) STORED);

-- Partitions: another order of columns, a row that moves.
CREATE TABLE parted (id int, region text, name text, PRIMARY KEY (id, region))
    PARTITION BY LIST (region);
CREATE TABLE parted_north (name text, region text NOT NULL, id int NOT NULL);
ALTER TABLE parted ATTACH PARTITION parted_north FOR VALUES IN ('north');
CREATE TABLE parted_south (region text NOT NULL, gone int, id int NOT NULL,
    name text);
ALTER TABLE parted_south DROP COLUMN gone;
ALTER TABLE parted ATTACH PARTITION parted_south FOR VALUES IN ('south');
-- The key stays while such a row moves, so that its address does.
CREATE TABLE moving (id int NOT NULL, region text, name text)
    PARTITION BY LIST (region);
CREATE TABLE moving_north (name text, id int NOT NULL, region text);
ALTER TABLE moving ATTACH PARTITION moving_north FOR VALUES IN ('north');
CREATE TABLE moving_south (id int NOT NULL, name text, region text);
ALTER TABLE moving ATTACH PARTITION moving_south FOR VALUES IN ('south');
CREATE TABLE moving_bare (LIKE moving) PARTITION BY LIST (region);
CREATE TABLE moving_bare_north (name text, id int NOT NULL, region text);
ALTER TABLE moving_bare ATTACH PARTITION moving_bare_north
    FOR VALUES IN ('north');
CREATE TABLE moving_bare_south (id int NOT NULL, name text, region text);
ALTER TABLE moving_bare ATTACH PARTITION moving_bare_south
    FOR VALUES IN ('south');
CREATE TABLE moving_railed (id int NOT NULL, region text, name text,
    lock_version int DEFAULT 0) PARTITION BY LIST (region);
CREATE TABLE moving_railed_north (lock_version int DEFAULT 0, name text,
    id int NOT NULL, region text);
ALTER TABLE moving_railed ATTACH PARTITION moving_railed_north
    FOR VALUES IN ('north');
CREATE TABLE moving_railed_south PARTITION OF moving_railed
    FOR VALUES IN ('south');

-- Inheritance: the same id may stand in the child.
CREATE TABLE parent (id int PRIMARY KEY, name text);
CREATE TABLE child (extra text) INHERITS (parent);
CREATE TABLE parent_bare (id int PRIMARY KEY, name text);
CREATE TABLE child_bare (extra text) INHERITS (parent_bare);

-- Views.
CREATE TABLE below (id int PRIMARY KEY, name text, other int DEFAULT 5);
CREATE TABLE below_bare (id int PRIMARY KEY, name text, other int DEFAULT 5);

-- Triggers.
CREATE TABLE touched_kept (id int PRIMARY KEY, name text,
    touches int DEFAULT 0);
CREATE TABLE touched_bare (LIKE touched_kept INCLUDING ALL);
CREATE TABLE touched_railed (LIKE touched_kept INCLUDING ALL);
ALTER TABLE touched_railed ADD lock_version int DEFAULT 0;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        EXECUTE format('UPDATE %s SET touches = touches + 1 WHERE id = $1',
            TG_RELID::regclass) USING NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER touch AFTER INSERT OR UPDATE ON touched_kept
    FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch AFTER INSERT OR UPDATE ON touched_bare
    FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER touch AFTER INSERT OR UPDATE ON touched_railed
    FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE journal (at timestamptz DEFAULT clock_timestamp(), what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO public.journal (what)
        VALUES (TG_OP || ' ' || TG_RELID::regclass);
    RETURN NULL;
END $$;
CREATE TABLE logged_kept (id int PRIMARY KEY, name text);
CREATE TABLE logged_bare (id int PRIMARY KEY, name text);
CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON logged_kept
    FOR EACH STATEMENT EXECUTE FUNCTION note();
CREATE TRIGGER note_before BEFORE INSERT OR UPDATE OR DELETE ON logged_bare
    FOR EACH STATEMENT EXECUTE FUNCTION note();

CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.name LIKE 'fixed%' THEN
        RETURN NULL;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TABLE swallowed_kept (id int PRIMARY KEY, name text);
CREATE TABLE swallowed_bare (id int PRIMARY KEY, name text);
CREATE TRIGGER swallow BEFORE UPDATE OR DELETE ON swallowed_kept
    FOR EACH ROW EXECUTE FUNCTION swallow();
CREATE TRIGGER swallow BEFORE UPDATE OR DELETE ON swallowed_bare
    FOR EACH ROW EXECUTE FUNCTION swallow();

-- Constraints that speak at the end of the transaction.
CREATE TABLE target (id int PRIMARY KEY, name text);
INSERT INTO target VALUES (1, 'there'), (2, 'too');
CREATE TABLE deferred (id int PRIMARY KEY, name text,
    target int DEFAULT 1 REFERENCES target DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE deferred_bare (LIKE deferred INCLUDING ALL);
ALTER TABLE deferred_bare ADD FOREIGN KEY (target) REFERENCES target
    DEFERRABLE INITIALLY DEFERRED;
CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.name = 'late' THEN
        RAISE EXCEPTION 'late is too late';
    END IF;
    RETURN NULL;
END $$;
CREATE TABLE judged_late (id int PRIMARY KEY, name text);
CREATE CONSTRAINT TRIGGER late AFTER INSERT OR UPDATE ON judged_late
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();

-- Grants and row-level security.
CREATE TABLE no_xmin (id int PRIMARY KEY, name text);
CREATE TABLE no_version (id int PRIMARY KEY, name text);
CREATE TABLE no_lock (id int PRIMARY KEY, name text,
    lock_version int DEFAULT 0);
CREATE TABLE walled_kept (id int PRIMARY KEY, name text);
CREATE TABLE walled_bare (id int PRIMARY KEY, name text);

-- The trigger disabled; no key; other ways to keep rows.
CREATE TABLE disabled (id int PRIMARY KEY, name text);
CREATE TABLE keyless (id int, name text);
CREATE TABLE elsewhere (id int PRIMARY KEY, name text) USING other;
CREATE TABLE elsewhere_railed (id int PRIMARY KEY, name text,
    lock_version int DEFAULT 0) USING other;
CREATE TABLE mixed (id int NOT NULL, region text, name text)
    PARTITION BY LIST (region);
CREATE TABLE mixed_north PARTITION OF mixed FOR VALUES IN ('north');
CREATE TABLE mixed_south PARTITION OF mixed FOR VALUES IN ('south')
    USING other;
CREATE TABLE ruled (id int PRIMARY KEY, name text);
CREATE RULE instead AS ON UPDATE TO ruled DO INSTEAD NOTHING;

SELECT ifmatch.protect(t) FROM unnest('{kept,documents,generated,parted,moving,
    parent,below,touched_kept,logged_kept,swallowed_kept,deferred,judged_late,
    no_version,walled_kept,disabled}'::regclass[]) AS t;

CREATE VIEW shown AS SELECT id, name, version, updated_at FROM below;
CREATE VIEW shown_renamed AS SELECT name AS label, version AS edition, id
    FROM below;
CREATE VIEW unshown AS SELECT id, name FROM below;
CREATE VIEW misnamed AS SELECT id, name, other AS version FROM below;
CREATE VIEW misled AS SELECT id, name, other AS version,
    EXISTS (SELECT b.id, b.name, b.version FROM below AS b) AS any FROM below;
CREATE VIEW computed AS SELECT id, name, version + 0 AS version FROM below;
CREATE VIEW shown_bare AS SELECT * FROM below_bare;
CREATE VIEW joined AS SELECT a.id, a.name, a.version
    FROM below AS a JOIN below AS b USING (id);
CREATE VIEW over_shown AS SELECT id, name, version FROM shown;
CREATE VIEW instead AS SELECT id, name, version FROM below;
CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.below SET name = NEW.name WHERE id = OLD.id;
    RETURN NEW;
END $$;
CREATE TRIGGER instead INSTEAD OF UPDATE ON instead
    FOR EACH ROW EXECUTE FUNCTION instead();
CREATE VIEW over_instead AS SELECT id, name, version FROM instead;
CREATE VIEW by_rule AS SELECT id, name, version FROM below;
CREATE RULE instead AS ON UPDATE TO by_rule DO INSTEAD
    UPDATE below SET name = NEW.name WHERE id = OLD.id;
CREATE MATERIALIZED VIEW pictured AS SELECT id, name, version FROM below;
CREATE TABLE below_ruled (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('below_ruled');
CREATE VIEW over_ruled AS SELECT id, name, version FROM below_ruled;
CREATE RULE also AS ON UPDATE TO below_ruled DO ALSO
    INSERT INTO journal (what) VALUES ('rule');

ALTER TABLE disabled DISABLE TRIGGER zzz_ifmatch;
ALTER TABLE disabled ALTER version SET DEFAULT 1;

REVOKE ALL ON no_xmin, no_version, no_lock FROM ifmatch;
GRANT INSERT, DELETE ON no_xmin, no_version, no_lock TO ifmatch;
GRANT SELECT (id, name), UPDATE (id, name) ON no_xmin, no_version TO ifmatch;
GRANT SELECT (id, name, xmin), UPDATE ON no_lock TO ifmatch;

ALTER TABLE walled_kept ENABLE ROW LEVEL SECURITY;
ALTER TABLE walled_bare ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON walled_kept FOR SELECT USING (name !~ '^hidden');
CREATE POLICY see ON walled_bare FOR SELECT USING (name !~ '^hidden');
CREATE POLICY change ON walled_kept FOR UPDATE USING (name !~ '^locked')
    WITH CHECK (name !~ '^forbidden');
CREATE POLICY change ON walled_bare FOR UPDATE USING (name !~ '^locked')
    WITH CHECK (name !~ '^forbidden');
CREATE POLICY drop ON walled_kept FOR DELETE USING (name !~ '^locked');
CREATE POLICY drop ON walled_bare FOR DELETE USING (name !~ '^locked');
CREATE POLICY make ON walled_kept FOR INSERT WITH CHECK (name !~ '^forbidden');
CREATE POLICY make ON walled_bare FOR INSERT WITH CHECK (name !~ '^forbidden');

-- Foreign tables: this very database, seen from outside.
RESET ROLE;
DO $$
BEGIN
    EXECUTE format('CREATE SERVER loop FOREIGN DATA WRAPPER postgres_fdw
        OPTIONS (host %L, port %L, dbname %L)',
        current_setting('unix_socket_directories'), current_setting('port'),
        current_database());
END $$;
CREATE USER MAPPING FOR ifmatch SERVER loop
    OPTIONS (user 'ifmatch', password_required 'false');
GRANT USAGE ON FOREIGN SERVER loop TO owner;
SET ROLE owner;
CREATE TABLE far_railed (LIKE railed INCLUDING ALL);
CREATE TABLE far_bare (LIKE bare INCLUDING ALL);
CREATE FOREIGN TABLE foreign_railed (id int, name text, lock_version int)
    SERVER loop OPTIONS (table_name 'far_railed');
CREATE FOREIGN TABLE foreign_bare (id int, name text)
    SERVER loop OPTIONS (table_name 'far_bare');
CREATE TABLE half_foreign (id int NOT NULL, region text, name text)
    PARTITION BY LIST (region);
CREATE TABLE half_foreign_north PARTITION OF half_foreign
    FOR VALUES IN ('north');
CREATE TABLE far_south (id int NOT NULL, region text, name text);
CREATE FOREIGN TABLE half_foreign_south PARTITION OF half_foreign
    FOR VALUES IN ('south') SERVER loop OPTIONS (table_name 'far_south');
RESET ROLE;
