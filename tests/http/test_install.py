"""make install, for the owner of a machine."""
import os
import re
import subprocess

from harness.process import BINARY, ROOT, read_text, write_file


def install(to, prefix):
    subprocess.run([os.path.join(ROOT, "cgi-bin/dist/install.sh"),
                    os.path.dirname(BINARY), str(to), prefix], cwd=ROOT,
                   check=True)


def test_all_of_it_lies_below_the_prefix(tmp_path):
    install(tmp_path, "/opt/records")
    assert os.listdir(tmp_path) == ["opt"]
    prefix = tmp_path / "opt/records"
    assert subprocess.run([prefix / "bin/ifmatch", "--version"], check=True,
                          capture_output=True).stdout.startswith(b"ifmatch ")
    assert (prefix / "share/ifmatch/sql/ifmatch.sql").exists()
    samples = set(os.listdir(prefix / "share/doc/ifmatch/samples"))
    assert {"nginx.conf", "htaccess.sample", "ifmatch.ini"} <= samples


def test_the_unit_starts_the_program_where_it_will_be(tmp_path):
    install(tmp_path, "/usr")
    unit = read_text(tmp_path / "usr/lib/systemd/system/ifmatch@.service")
    assert "ExecStart=/usr/bin/ifmatch serve unix:/run/ifmatch/%i.sock" in unit
    assert str(tmp_path) not in unit


def test_the_sample_holds_nobodys_secret(tmp_path):
    install(tmp_path, "/usr")
    text = read_text(tmp_path / "usr/share/doc/ifmatch/samples/ifmatch.ini")
    assert "\nsecret =" not in text


def test_the_unit_asks_for_rights_that_are_accepted(tmp_path, cgi):
    """The sample, with a secret in it, and the rights that the unit names."""
    install(tmp_path, "/usr")
    unit = read_text(tmp_path / "usr/lib/systemd/system/ifmatch@.service")
    mode, = re.findall(r"records.ini \(mode (\d+), owner ifmatch\)", unit)
    path = write_file(str(tmp_path / "records.ini"),
                      cgi.command("sample").stdout, int(mode, 8))
    done = cgi.command("check", config=path)
    assert "The database says: " in done.stdout, done.stderr


def test_units_are_sound(tmp_path):
    """What systemd says of it, but for users and files that only an
    installation has."""
    install(tmp_path, "/usr")
    folder = tmp_path / "usr/lib/systemd/system"
    text = read_text(folder / "ifmatch@.service").replace(
        "/usr/bin/ifmatch", str(tmp_path / "usr/bin/ifmatch"))
    unit = tmp_path / "ifmatch@records.service"
    unit.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit],
                          capture_output=True, text=True, check=False)
    assert "ifmatch@" not in done.stderr, done.stderr
