"""Adminer, where the owner of a database pastes: PHP's own server, and a browser
that fills in its pages."""
import os
import re
import subprocess

import requests

from harness.process import end, free_port, make_folder, read_text, wait_until


class Adminer:
    """database: what the customer was told of it."""

    def __init__(self, database):
        self.folder = make_folder("ifmatch-adminer-", "www-data")
        self.log = os.path.join(self.folder, "log")
        self.url = "http://127.0.0.1:%d/" % free_port()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                ["php", "-d", "session.save_path=" + self.folder,
                 "-S", self.url[7:-1], "/etc/adminer/conf.php"],
                cwd="/etc/adminer", stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)
        self.session = requests.Session()
        self.session.trust_env = False
        wait_until(self._answers, 20, "Adminer")
        page = self.session.post(self.url, data={
            "auth[driver]": "pgsql", "auth[server]": "%(host)s:%(port)s"
            % database, "auth[username]": database["user"],
            "auth[password]": database["password"],
            "auth[db]": database["dbname"]}, timeout=60)
        assert "Schema: public" in page.text, page.text[-2000:]
        self.sql = page.url + "&sql="

    def paste(self, text):
        """Runs a text that was pasted under "SQL command". Returns the page,
        which must show no error."""
        token = re.search('name="token" value="([^"]+)"', self.session.get(
            self.sql, timeout=60).text).group(1)
        page = self.session.post(self.sql, data={
            "query": text, "token": token, "error_stops": "1"}, timeout=120)
        errors = re.findall(r"""class=['"]error['"]>([^<]*)""", page.text)
        assert page.status_code == 200 and errors == [], errors
        return page.text

    def export(self):
        """What "Export" makes of the schema public, as it is ticked at first."""
        url = self.sql[:-len("sql=")] + "dump="
        page = self.session.get(url, timeout=60).text
        names = re.findall(r"name='tables\[\]' value='([^']+)'", page)
        assert names
        return self.session.post(url, timeout=60, data={
            "token": re.search('name="token" value="([^"]+)"', page).group(1),
            "output": "text", "format": "sql", "db_style": "",
            "table_style": "CREATE", "data_style": "INSERT", "routines": "1",
            "triggers": "1", "tables[]": names, "data[]": names}).text

    def stop(self):
        self.session.close()
        end(self.process)
        subprocess.run(["rm", "-rf", self.folder], check=True)

    def _answers(self):
        assert self.process.poll() is None, read_text(self.log)
        try:
            self.session.get(self.url, timeout=20)
            return True
        except requests.ConnectionError:
            return False
