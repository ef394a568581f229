"""The archive, and its program where there is nothing but it."""
import glob
import hashlib
import os
import shutil
import socket
import struct
import subprocess
import threading

import pytest

from harness import cgi
from harness.cluster import Cluster
from harness.process import ROOT, make_folder, read_text, write_file

FOLDER = os.environ["IFMATCH_DIST"]
PROGRAM = os.path.join(FOLDER, "ifmatch")
NAMES = {"db.club.test": "127.0.0.1", "other.club.test": "127.0.0.1"}
HBA = "\nhostssl all clubber 127.0.0.1/32 scram-sha-256\n"
TABLE = """CREATE TABLE note (key text PRIMARY KEY, body text);
SELECT ifmatch.protect('note');
INSERT INTO note VALUES ('a', 'old');
GRANT SELECT, INSERT, UPDATE, DELETE ON note TO clubber;"""
INI = """database = host={host} port={port} dbname={name} user=clubber \
password=secret sslmode=verify-full sslrootcert={root}
anonymous = write
folder = /own
connections = 2
[table note]
"""


# What is in it

def files():
    return sorted(os.path.relpath(os.path.join(at, name), FOLDER)
                  for at, _, names in os.walk(FOLDER) for name in names)


def test_no_file_is_one_that_an_owner_edits():
    assert "ifmatch" in files() and ".htaccess.sample" in files()
    assert "ifmatch.ini.sample" in files() and "sql/ifmatch.sql" in files()
    for name in files():
        assert not name.endswith(".ini")
        assert os.path.basename(name) != ".htaccess"


def test_the_sample_holds_no_secret():
    text = read_text(os.path.join(FOLDER, "ifmatch.ini.sample"))
    assert "secret" in text and "\nsecret =" not in text


def test_sums_are_those_of_all_other_files():
    with open(os.path.join(FOLDER, "SHA256SUMS"), encoding="ascii") as lines:
        sums = dict(reversed(line.split()) for line in lines)
    assert sorted(sums) == [f for f in files() if f != "SHA256SUMS"]
    for name, wanted in sums.items():
        with open(os.path.join(FOLDER, name), "rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == wanted


def test_each_package_in_the_program_comes_with_its_licence():
    lines = read_text(os.path.join(FOLDER, "licences", "VERSIONS"))
    packages = [line.split()[0] for line in lines.splitlines()[1:]]
    assert len(packages) == 6
    for name in packages + ["ifmatch"]:
        assert os.path.getsize(os.path.join(FOLDER, "licences", name)) > 500


def test_the_same_tree_gives_the_same_bytes(tmp_path):
    """Another folder for what is built; the libraries are taken as they are."""
    build = os.path.dirname(FOLDER)
    again = tmp_path / "elsewhere"
    again.mkdir()
    (again / "static").symlink_to(os.path.join(build, "static"))
    subprocess.run(["make", "-s", "-C", ROOT, "dist", "BUILD=%s" % again],
                   check=True, stdout=subprocess.DEVNULL)
    first, = glob.glob(os.path.join(build, "ifmatch-*.tar.gz"))
    second, = again.glob("ifmatch-*.tar.gz")
    with open(first, "rb") as file:
        assert file.read() == second.read_bytes()


# Its program in an empty folder

class Names(threading.Thread):
    """A name server for NAMES, at a loopback address of its own."""

    def __init__(self):
        super().__init__(daemon=True)
        self.address = "127.%d.%d.53" % divmod(os.getpid() % 65000, 255)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((self.address, 53))
        self.asked = set()
        self.start()

    def run(self):
        while True:
            query, peer = self.socket.recvfrom(512)
            if not query:
                return
            self.socket.sendto(self.answer(query), peer)

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        name = ".".join(labels)
        self.asked.add(name)
        found = NAMES.get(name)
        records = b""
        if found and kind == 1:
            records = struct.pack(">HHHIH", 0xc00c, 1, 1, 60, 4)
            records += socket.inet_aton(found)
        head = struct.pack(">HHHHH", 0x8180 if found else 0x8183, 1,
                           1 if records else 0, 0, 0)
        return query[:2] + head + query[12:at + 5] + records

    def stop(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", (self.address, 53))
        self.join()
        self.socket.close()


@pytest.fixture(scope="module")
def names():
    names = Names()
    yield names
    names.stop()


def openssl(*args):
    subprocess.run(["openssl", *args], check=True, stderr=subprocess.DEVNULL)


def make_certificates(folder):
    """ca.crt, and server.crt with its key for db.club.test; other.crt is of
    another authority."""
    path = lambda name: os.path.join(folder, name)
    days = ["-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1"]
    for name in ("ca", "other"):
        openssl("req", "-x509", *days, "-subj", "/CN=" + name,
                "-keyout", path(name + ".key"), "-out", path(name + ".crt"))
    openssl("req", "-x509", *days, "-subj", "/CN=db.club.test",
            "-addext", "subjectAltName=DNS:db.club.test",
            "-CA", path("ca.crt"), "-CAkey", path("ca.key"),
            "-keyout", path("server.key"), "-out", path("server.crt"))


@pytest.fixture(scope="module")
def far():
    """A database that is reached over TLS with a password alone."""
    far = Cluster()
    far.make_roles()
    data = os.path.join(far.folder, "data")
    make_certificates(far.folder)
    for name in ("server.crt", "server.key"):
        shutil.copy(os.path.join(far.folder, name), data)
        shutil.chown(os.path.join(data, name), "postgres")
        os.chmod(os.path.join(data, name), 0o600)
    hba = os.path.join(data, "pg_hba.conf")
    text = read_text(hba)
    write_file(hba, HBA + text, 0o600, "postgres")
    far.setting("ssl", "on")
    far.psql("postgres", "CREATE ROLE clubber LOGIN PASSWORD 'secret'")
    far.database = far.createdb()
    far.load_ifmatch(far.database)
    far.psql(far.database, TABLE, user="owner")
    yield far
    far.stop()
    far.remove()


class Jail:
    """A folder with the program, its configuration, a certificate, and where
    names are asked for: it sees nothing else."""

    def __init__(self, far, names):
        self.far = far
        self.path = make_folder("ifmatch-jail-")
        for name in ("etc", "own"):
            os.mkdir(os.path.join(self.path, name))
        os.chown(os.path.join(self.path, "own"), 65534, 65534)
        self.write("etc/resolv.conf", "nameserver %s\n" % names.address)
        shutil.copy(PROGRAM, os.path.join(self.path, "records"))
        for name in ("ca.crt", "other.crt"):
            shutil.copy(os.path.join(far.folder, name), self.path)

    def write(self, name, text):
        write_file(os.path.join(self.path, name), text)

    def run(self, method="GET", path="/records/note/a", headers=(), body=b"",
            host="db.club.test", root="/ca.crt"):
        ini = os.path.join(self.path, "records.ini")
        write_file(ini, INI.format(host=host, root=root, port=self.far.port,
                                   name=self.far.database), 0o600)
        os.chown(ini, 65534, 65534)
        env = cgi.environment("/records.ini", method, path, headers, body, {})
        done = subprocess.run(
            ["/usr/sbin/chroot", "--userspec=65534:65534", self.path,
             "/records"], env=env, input=body, capture_output=True, timeout=30,
            check=False)
        return cgi.Reply(done.stdout, done.stderr.decode(), done.returncode)


@pytest.fixture(scope="module")
def jail(far, names):
    jail = Jail(far, names)
    yield jail
    shutil.rmtree(jail.path)


def test_it_finds_the_database_by_name_and_trusts_its_certificate(jail, names):
    reply = jail.run()
    assert reply.status == 200, reply.errors
    assert reply.json()["body"] == "old"
    assert "db.club.test" in names.asked


def test_writes_are_guarded(jail):
    tag = jail.run().get("ETag")
    send = {"If-Match": tag, "Content-Type": "application/json"}
    for status in (204, 412):
        assert jail.run("PATCH", headers=send,
                        body=b'{"body": "new"}').status == status


@pytest.mark.parametrize("how", [{"host": "other.club.test"},
                                 {"root": "/other.crt"},
                                 {"root": "/none.crt"},
                                 {"host": "nobody.club.test"}])
def test_it_trusts_no_other_name_or_certificate(jail, how):
    reply = jail.run(**how)
    assert reply.status == 503
    assert "club.test" not in reply.text
    assert reply.errors.count("no connection to the database") >= 1


def test_it_is_one_file(jail):
    done = subprocess.run(["/usr/sbin/chroot", jail.path, "/records",
                           "--version"], capture_output=True, check=True,
                          text=True)
    assert done.stdout.startswith("ifmatch ")
    assert "interpreter" not in subprocess.run(
        ["readelf", "-lW", PROGRAM], capture_output=True, check=True,
        text=True).stdout
