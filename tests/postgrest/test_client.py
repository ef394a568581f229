"""@supabase/postgrest-js, unmodified. Its folder is $IFMATCH_NPM."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
INI = "anonymous = write\n[table person]\n[table grade]\n"


def test_postgrest_js(cluster, database, site):
    cluster.psql(database, file=os.path.join(HERE, "client.sql"),
                 user="owner")
    cluster.psql(database, "ANALYZE")
    done = subprocess.run(
        ["node", os.path.join(HERE, "client.mjs"), site(database, INI).url],
        env=dict(os.environ, NPM=os.environ["IFMATCH_NPM"]), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        timeout=300)
    print(done.stdout)
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith(" 0 failed")
