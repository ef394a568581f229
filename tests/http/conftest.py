"""The database of guards.sql, behind a web server."""
import pytest

import guard_cases


@pytest.fixture(scope="module")
def guard_rows(cluster):
    rows = guard_cases.Rows(cluster, guard_cases.load(cluster))
    yield rows
    rows.close()
    cluster.dropdb(rows.database)


@pytest.fixture(scope="module")
def guard_web(module_site, guard_rows):
    return module_site(guard_rows.database, guard_cases.ini())
