"""A task whose worker died is done again; one whose worker lives is left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from hemicycle.command.alive import FileSigns, Signs, revive_orphans, signs
from hemicycle.journal.clock import now


def running_task(worker: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="none.at_all",
        worker_ids=[worker],
        backend_name="default",
        run_after=now(),
        exception_class_path="",
        traceback="",
    )


def signs_here(folder: Path) -> Iterator[Signs]:
    found = signs() if connection.vendor == "postgresql" else FileSigns(folder)
    yield found
    found.take_back()


@pytest.fixture
def living(tmp_path: Path) -> Iterator[Signs]:
    yield from signs_here(tmp_path)


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Signs]:
    yield from signs_here(tmp_path)


def test_a_sign_ends_with_the_process_that_gave_it(living: Signs, asking: Signs) -> None:
    living.give("alive")
    living.take_back()
    assert asking.missing("alive")


@pytest.mark.django_db
def test_the_task_of_a_dead_worker_is_made_ready_again(living: Signs, asking: Signs) -> None:
    living.give("alive")
    kept, orphan = running_task("alive"), running_task("dead")
    assert revive_orphans("asking", asking) == 1
    kept.refresh_from_db()
    orphan.refresh_from_db()
    assert (kept.status, orphan.status) == ("RUNNING", "READY")


@pytest.mark.django_db
def test_a_worker_leaves_its_own_task_alone(asking: Signs) -> None:
    running_task("asking")
    assert revive_orphans("asking", asking) == 0


@pytest.mark.django_db
def test_a_sign_that_is_given_twice_is_one_sign(living: Signs, asking: Signs) -> None:
    living.give("alive")
    living.give("alive")
    assert not asking.missing("alive")
    assert asking.missing("somebody else")
