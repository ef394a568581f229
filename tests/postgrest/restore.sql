-- Keeps what the tables of schema test hold, and their sequences, so that every
-- request finds the same rows: SELECT kept.restore().
CREATE SCHEMA kept;
CREATE TABLE kept.source (number int, name text, columns text);
CREATE TABLE kept.counter (name regclass, last bigint, called bool);

DO $$
DECLARE
    source record;
    counter record;
BEGIN
    FOR source IN
        SELECT row_number() OVER () AS number, c.oid::regclass::text AS name,
               string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                   AS columns
        FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
            AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relkind = 'r'
          AND c.relnamespace::regnamespace::text IN ('test', 'private')
        GROUP BY c.oid
    LOOP
        INSERT INTO kept.source VALUES
            (source.number, source.name, source.columns);
        EXECUTE format('CREATE TABLE kept.t%s AS SELECT %s FROM ONLY %s',
            source.number, source.columns, source.name);
    END LOOP;
    FOR counter IN
        SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'S'
            AND relnamespace::regnamespace::text IN ('test', 'private')
    LOOP
        EXECUTE format('INSERT INTO kept.counter SELECT %L, last_value, '
            'is_called FROM %s', counter.name, counter.name);
    END LOOP;
END $$;

CREATE FUNCTION kept.restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    source kept.source;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR source IN SELECT * FROM kept.source LOOP
        EXECUTE format('DELETE FROM ONLY %s', source.name);
        EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE '
            'SELECT * FROM kept.t%s', source.name, source.columns,
            source.number);
    END LOOP;
    PERFORM setval(name, last, called) FROM kept.counter;
END $$;
