"""What the tests of every room share."""

import gc
import os
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypotheses

from hemicycle.command.new_database import enter_all_migrations
from hemicycle.demo.club import MONDAY, Club, found_club
from hemicycle.ground.garbage import spare_what_stays
from hemicycle.journal.checkpoints import HEADS
from hemicycle.journal.clock import clock_at
from hemicycle.journal.triggers import append_only_models, trigger_statements
from hemicycle.web.context import installation_at
from tests import real_input

HOUSE = Path(__file__).resolve().parent
# A busy machine draws slowly and answers late, and neither is a fault of what is tested.
hypotheses.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypotheses.load_profile("house")
# The demo federation for those who start processes: fixtures federation_template and federation.
pytest_plugins = ["tests.world"]


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with as little work as it takes: tests sign in hundreds of times, and none of them guards a password."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


def pytest_configure(config: pytest.Config) -> None:
    """Serve static files by their plain names: nothing is collected for a test. Hash passwords quickly."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = [f"{__name__}.{QuickArgon2.__name__}"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Leave out what needs real input that is not here, as a clone alone has none; CI runs it, and so fails."""
    missing = real_input.missing().keys()
    left = [item for item in items if missing & set(item.fixturenames)]
    if left and os.environ.get("CI") != "true":
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_report_collectionfinish() -> list[str]:
    """Say NOT RUN for what was left out."""
    return list(real_input.missing().values())


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later search for garbage, as it stays to the end; and search seldom.

    Tests make little that goes in circles and end soon: looking for it took a tenth of their time.
    """
    gc.set_threshold(100_000, 50, 100)
    spare_what_stays()


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Make the tables at once: that they are those of the migrations is a test of its own, test_new_database.py."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Enter the migrations as done, as in every database that is made at once."""
    with django_db_blocker.unblock():
        enter_all_migrations()


@pytest.fixture(scope="session", autouse=True)
def flush_empties_append_only_tables() -> Iterator[None]:
    """Let the flush after a transactional test empty the tables whose triggers refuse it, and only the flush.

    The method is replaced on the class of `connection.ops`, so that connections of other threads have it too.
    """
    operations = type(connection.ops)
    flush = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        statements = flush(self, style, tables, **options)
        if not statements:
            return statements
        if connection.vendor == "postgresql":
            return ["SET LOCAL session_replication_role = replica", *statements]
        models = [model for model in append_only_models() if model._meta.db_table in set(tables)]
        install = [statement for model in models for statement in trigger_statements(model, "sqlite")]
        drop = [statement for statement in install if statement.startswith("DROP TRIGGER")]
        return [*drop, *statements, *install]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = flush


@pytest.fixture(autouse=True)
def no_page_remembers_another_test() -> None:
    """Forget the installation that pages of the test before showed."""
    installation_at.cache_clear()


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Tell Monday 2 March 2026, nine in the morning, UTC."""
    with clock_at(MONDAY):
        yield MONDAY


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Club]:
    """Found the club by acts on that Monday, once for all tests of a module; it is taken back after the last."""
    from tests.world import taken_back  # Pytest rewrites its assertions, which it can only before it is imported.

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            club = found_club()
        yield club


@pytest.fixture
def club(founded: Club, db: None, monday: datetime) -> Club:
    """The club as it was founded: what a test writes, signs or assigns, no other sees."""
    (settings.CONFIG.keys / HEADS).unlink(missing_ok=True)  # The database takes its checkpoints back, a file does not.
    return deepcopy(founded)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of published reports (HEMICYCLE_SEEDS, default ../shared/seeds)."""
    return real_input.folder_of("seeds")


@pytest.fixture(scope="session")
def elections() -> Path:
    """The folder of real elections (HEMICYCLE_ELECTIONS, default ../shared/elections)."""
    return real_input.folder_of("elections")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium (playwright's Browser); bin/test sees to one."""
    from playwright.sync_api import sync_playwright

    from tests.everything.chromium import chromium_here, options

    path = os.environ.get("HEMICYCLE_CHROMIUM") or chromium_here()
    if path is None:
        pytest.fail("NOT RUN: there is no Chromium on this machine. bin/test finds or installs one.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright's loop runs in this thread while tests use the database.
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options())
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
