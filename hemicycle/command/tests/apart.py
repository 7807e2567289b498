"""Places of their own for commands: a data folder and a database each, on the database that the tests run on."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hemicycle.ground.config import HOUSE
from tests.world import World, copied, database_named


@dataclass(frozen=True)
class Place:
    """Where an installation keeps its things, and how to run commands there."""

    data: Path
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a command here."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
        named = {"HEMICYCLE_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "hemicycle.ground.settings"}
        return inherited | {"DATABASE_URL": self.database_url} | named | self.more

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the house."""
        return self._run("-m", "hemicycle", *arguments)

    def python(self, code: str, *arguments: str) -> str:
        """Run Python in the house and return what it prints."""
        done = self._run("-c", f"import django; django.setup()\n{code}", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, code: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start Python in the house and go on."""
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *arguments],
            cwd=HOUSE,
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=HOUSE,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )


@contextmanager
def place_apart(folder: Path) -> Iterator[Place]:
    """Yield a place with an empty database of the kind that the tests run on; drop it afterwards."""
    with database_named(f"hemicycle_apart_{secrets.token_hex(6)}") as url:
        yield Place(folder, url)


@contextmanager
def place_like(template: World, folder: Path) -> Iterator[Place]:
    """Yield a copy of a world as a place; drop its database afterwards."""
    with copied(template, folder) as world:
        yield Place(world.data, world.database_url)
