"""README's container: a folder in which there is nothing but what its lines
copy there, behind nginx."""
import os
import re
import shlex
import shutil

import hosts
from harness.process import ROOT, free_port, read_text, wait_until
from owner import Owner

LINES = re.search("(?s)```dockerfile\n(.*?)```",
                  read_text(os.path.join(ROOT, "README.md"))).group(1)
INI = """database = host={host} port={port} dbname={dbname} user={user} \
password='{password}'
anonymous = read
secret = 0123456789abcdef0123456789abcdef
[table public.*]
"""


class Container:
    """What a builder makes of the lines; those that it does not know fail."""

    def __init__(self, host, root):
        self.host, self.root = host, root
        self.environment, self.command, self.user = {}, [], "0:0"
        os.makedirs(root)
        for line in LINES.splitlines():
            word, rest = line.split(" ", 1)
            getattr(self, "do_" + word.lower())(rest)

    def do_from(self, rest):
        assert rest == "scratch"

    def do_user(self, rest):
        self.user = rest

    def do_copy(self, rest):
        *options, source, target = rest.split()
        options = dict(option[2:].split("=") for option in options)
        path = self.root + target
        shutil.copy(os.path.join(
            hosts.DIST if source == "ifmatch" else self.host.home, source),
            path)
        uid, gid = map(int, options.get("chown", "0:0").split(":"))
        os.chown(path, uid, gid)
        if "chmod" in options:
            os.chmod(path, int(options["chmod"], 8))

    def do_env(self, rest):
        name, value = rest.split("=", 1)
        self.environment[name] = value

    def do_entrypoint(self, rest):
        self.command = [shlex.split(word)[0] for word in
                        re.findall('"[^"]*"', rest)]

    def start(self, address):
        assert self.command[-1] == "0.0.0.0:9000"
        # env and chroot are the starter's; inside there is one file
        return self.host.run(
            ["env", "-i", *["%s=%s" % item for item
                            in self.environment.items()],
             "/usr/sbin/chroot", "--userspec=" + self.user, self.root,
             *self.command[:-1], address], "container.log")


def test_a_container_of_one_file(hosted, bought):
    host, database = hosted(), bought()
    Owner(host, database).load("ifmatch", "club")
    host.upload("records.ini", INI.format(**database), 0o600)
    container = Container(host, host.path("root"))
    assert sorted(os.listdir(container.root)) == ["ifmatch", "records.ini"]
    address = "127.0.0.1:%d" % free_port()
    process = container.start(address)
    wait_until(lambda: "listening on" in read_text(host.path("container.log"))
               or process.poll() is not None, 20, "the program")
    host.nginx_socket(address)
    reply = host.get("/records/member?limit=2")
    assert reply.status_code == 200, read_text(host.path("container.log"))
    assert len(reply.json()) == 2
