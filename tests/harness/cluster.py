"""A private PostgreSQL cluster: own folder, socket and port."""
import glob
import itertools
import os
import shutil
import subprocess

import psycopg2
import psycopg2.extensions

from .process import (ROOT, as_user, end, free_port, make_folder, read_text,
                      wait_until)

SETTINGS = {
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "'64MB'",
    "max_prepared_transactions": "10",
    "log_statement": "none",
    "log_line_prefix": "'%m [%p] %q%u@%d %a %v %x '",
    "autovacuum_naptime": "'1h'",
    "timezone": "'UTC'",
    "lc_messages": "'C'",
}
HBA = """local all all trust
host all all 127.0.0.1/32 scram-sha-256
"""


def program(name):
    """The newest installed PostgreSQL's program of this name."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/" + name),
                   key=lambda p: int(p.split("/")[4]))
    return found[-1] if found else shutil.which(name)


class Cluster:
    def __init__(self):
        self.folder = make_folder("ifmatch-pg-", "postgres")
        self.sockdir = self.folder
        self.port = free_port()
        self.log_path = os.path.join(self.folder, "log")
        self._names = itertools.count(1)
        self._who = as_user("postgres")
        data = os.path.join(self.folder, "data")
        subprocess.run(
            [program("initdb"), "-D", data, "-U", "postgres", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
            env=self._env(), **self._who)
        with open(os.path.join(data, "pg_hba.conf"), "w") as f:
            f.write(HBA)
        with open(os.path.join(data, "postgresql.conf"), "a") as f:
            for item in SETTINGS.items():
                f.write("%s = %s\n" % item)
            f.write("port = %d\nlisten_addresses = '127.0.0.1'\n"
                    "unix_socket_directories = '%s'\n"
                    % (self.port, self.sockdir))
        self._data = data
        self.start()

    def start(self):
        """Starts the server; a new process each time."""
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", self._data], stdout=log,
                stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
                env=self._env(), **self._who)
        wait_until(self._answers, 60, "PostgreSQL")

    def stop(self, how="fast"):
        signals = {"smart": 15, "fast": 2, "immediate": 3}
        end(self.process, signals[how], 60)

    def restart(self, how="fast"):
        self.stop(how)
        self.start()

    def remove(self, keep_log=False):
        """Removes the data, and the log unless that is to be kept."""
        shutil.rmtree(self._data if keep_log else self.folder,
                      ignore_errors=True)

    def connect(self, dbname="postgres", user="postgres", autocommit=True):
        """A psycopg2 connection, in autocommit mode unless asked otherwise."""
        db = psycopg2.connect(host=self.sockdir, port=self.port,
                              dbname=dbname, user=user)
        db.autocommit = autocommit
        return db

    def conninfo(self, dbname, user="ifmatch"):
        return "host=%s port=%d dbname=%s user=%s" % (
            self.sockdir, self.port, dbname, user)

    def psql_command(self, dbname, user="postgres"):
        return ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1",
                "-h", self.sockdir, "-p", str(self.port),
                "-U", user, "-d", dbname]

    def psql(self, dbname, sql=None, file=None, user="postgres", check=True):
        """Runs SQL text or a file through psql and returns its output. A
        failure is a CalledProcessError with psql's message in stderr."""
        args = self.psql_command(dbname, user) + ["-At"]
        if file is not None:
            args += ["-f", file]
        done = subprocess.run(args, input=sql, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if check and done.returncode != 0:
            raise subprocess.CalledProcessError(
                done.returncode, args, done.stdout, done.stderr)
        return done.stdout

    def query(self, dbname, sql, args=None, user="postgres"):
        """One statement over a connection of its own; its rows, if any."""
        db = self.connect(dbname, user)
        try:
            with db.cursor() as cursor:
                cursor.execute(sql, args)
                return cursor.fetchall() if cursor.description else None
        finally:
            db.close()

    def createdb(self, name="db", template=None, owner="owner"):
        """A new database, empty or a copy, that the role owner owns; its name
        begins with the one given."""
        name = "%s_%d" % (name, next(self._names))
        self.query("postgres", "CREATE DATABASE %s TEMPLATE %s OWNER %s"
                   % (name, template or "template0", owner))
        return name

    def makedb(self, sql=None, name="db", file=None):
        """A new database with sql/ifmatch.sql and what the role owner makes of
        this SQL, or of this file."""
        name = self.createdb(name)
        self.load_ifmatch(name)
        self.psql(name, sql, file=file, user="owner")
        return name

    def dropdb(self, name):
        self.query("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)" % name)

    def load_ifmatch(self, dbname):
        """Loads sql/ifmatch.sql as an ordinary owner, and lets the program's
        role use what the owner makes."""
        self.psql(dbname, file=os.path.join(ROOT, "sql", "ifmatch.sql"),
                  user="owner")
        self.grant(dbname)

    def load_accounts(self, dbname):
        """Loads sql/accounts.sql likewise, for the program's role."""
        self.psql(dbname, file=os.path.join(ROOT, "sql", "accounts.sql"),
                  user="owner")
        self.psql(dbname, "SELECT ifmatch.accounts_for('ifmatch')",
                  user="owner")

    def grant(self, dbname, user="owner", schema="public"):
        """Lets the role ifmatch read and write the schema's tables, those
        there now and those that user makes later."""
        self.psql(dbname, """
            GRANT USAGE ON SCHEMA {s} TO ifmatch;
            GRANT SELECT, INSERT, UPDATE, DELETE
                ON ALL TABLES IN SCHEMA {s} TO ifmatch;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {s} TO ifmatch;
            ALTER DEFAULT PRIVILEGES FOR ROLE {u} IN SCHEMA {s}
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ifmatch;
            ALTER DEFAULT PRIVILEGES FOR ROLE {u} IN SCHEMA {s}
                GRANT USAGE ON SEQUENCES TO ifmatch;
            """.format(s=schema, u=user))

    def setting(self, name, value):
        """ALTER SYSTEM and reload: setting("log_statement", "all"). A value of
        None resets it."""
        if value is None:
            self.query("postgres", "ALTER SYSTEM RESET %s" % name)
        else:
            self.query("postgres", "ALTER SYSTEM SET %s = '%s'" % (name, value))
        self.query("postgres", "SELECT pg_reload_conf()")
        wanted = value

        def there():
            now = self.query("postgres", "SHOW %s" % name)[0][0]
            return wanted is None or now == wanted
        wait_until(there, 10, "%s = %s" % (name, value))

    def log_mark(self):
        """Where the log ends now, for log_since."""
        return os.path.getsize(self.log_path)

    def log_since(self, mark):
        with open(self.log_path, errors="replace") as f:
            f.seek(mark)
            return f.read()

    def log(self):
        return read_text(self.log_path)

    def make_roles(self):
        self.psql("postgres", "CREATE ROLE owner LOGIN;"
                  "CREATE ROLE ifmatch LOGIN;")

    def _env(self):
        return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}

    def _answers(self):
        if self.process.poll() is not None:
            raise AssertionError("PostgreSQL ended:\n" + self.log()[-2000:])
        try:
            self.connect().close()
            return True
        except psycopg2.OperationalError:
            return False
