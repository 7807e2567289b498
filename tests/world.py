"""The tests' world: the demo federation, built once by the command that everybody types, copied for each run.

Journeys and kill trials start real processes on a copy and never flush; nothing that they do reaches another copy.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from psycopg import sql

HOUSE = Path(__file__).resolve().parents[1]
# A build takes some seconds, and a busy machine its time.
PATIENCE = 120


@dataclass(frozen=True)
class World:
    """An installation of its own: its data folder, its database, and the environment that leads processes to both."""

    data: Path
    database_url: str

    @property
    def environ(self) -> dict[str, str]:
        """Return the environment of a process that shall work in this world."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
        kept.pop("DATABASE_URL", None)
        named = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | named | {"HEMICYCLE_DATA": str(self.data), "PYTHONPATH": str(HOUSE)}

    def hemicycle(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command of the command line here, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "hemicycle", *arguments],
            cwd=HOUSE,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


def database() -> dict[str, str]:
    """Return where the database of this test run is: empty for SQLite, else what a connection needs."""
    here = settings.DATABASES["default"]
    if "postgresql" not in here["ENGINE"]:
        return {}
    named = {"host": here["HOST"], "port": here["PORT"], "user": here["USER"], "password": here["PASSWORD"]}
    return {name: str(value) for name, value in named.items() if value}


@contextmanager
def database_named(name: str, template: str = "template0") -> Iterator[str]:
    """Create a database on the PostgreSQL of this run, yield its address, and drop it; on SQLite yield nothing."""
    found = database()
    if not found:
        yield ""
        return
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(dbname="postgres", autocommit=True, **found) as connection:
        connection.execute(create)
    try:
        yield address(name, found)
    finally:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with psycopg.connect(dbname="postgres", autocommit=True, **found) as connection:
            connection.execute(drop)


def address(name: str, found: dict[str, str]) -> str:
    """Return the DATABASE_URL of a database; a socket's folder stands among its options."""
    user, password = quote(found.get("user", "")), quote(found.get("password", ""), safe="")
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    options = {key: found[key] for key in ("host", "port") if key in found}
    return f"postgresql://{who}/{quote(name)}?{urlencode(options)}"


@pytest.fixture(scope="session")
def tables_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with every table and nothing in them: bringing one up takes longer than most trials that need one."""
    with database_named(f"hemicycle_tables_{uuid.uuid4().hex[:12]}") as url:
        world = World(tmp_path_factory.mktemp("tables"), url)
        done = world.hemicycle("migrate")
        assert done.returncode == 0, done.stderr
        yield world


@pytest.fixture(scope="session")
def federation_template(tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The demo federation, built once for all journeys; nobody works in it."""
    with copied(tables_template, tmp_path_factory.mktemp("federation") / "data") as world:
        built = world.hemicycle("demo")
        assert built.returncode == 0, built.stderr
        yield world


@pytest.fixture
def federation(federation_template: World, tmp_path: Path) -> Iterator[World]:
    """The demo federation for one test alone: a plenary is in progress, and a ballot open."""
    with copied(federation_template, tmp_path / "data") as world:
        yield world


@contextmanager
def copied(template: World, data: Path) -> Iterator[World]:
    """Copy a world, with its files and keys, and take the copy's database away in the end."""
    shutil.copytree(template.data, data)
    name = template.database_url.partition("?")[0].rpartition("/")[2]
    with database_named(f"hemicycle_copy_{uuid.uuid4().hex[:12]}", name or "template0") as url:
        yield World(data, url)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back in the end whatever is entered meanwhile. Acts are durable inside, as in the frame of a test."""
    frame = transaction.atomic()
    frame._from_testcase = True  # As TestCase marks its own.
    with frame:
        yield
        transaction.set_rollback(True)
