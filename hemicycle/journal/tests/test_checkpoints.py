"""The key that signs the heads stands outside the database, and those it replaced stay trusted."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from hemicycle.demo.club import Club
from hemicycle.journal import checkpoints
from hemicycle.journal.checkpoints import PRIVATE, known_keys, public_key, remember, sign_heads
from hemicycle.journal.models import Checkpoint
from hemicycle.journal.tests.hand import by_hand
from hemicycle.journal.tests.test_act import register
from hemicycle.journal.verify import verify


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> Path:
    """Keep the keys of this test in a folder of its own."""
    settings.HEMICYCLE_VERIFY = []  # type: ignore[attr-defined]
    settings.CONFIG = SimpleNamespace(keys=tmp_path / "keys")  # type: ignore[attr-defined]
    return tmp_path / "keys"


def test_the_key_is_made_at_first_use_for_its_owner_alone(keys: Path) -> None:
    first = public_key()
    assert (keys / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o700
    assert public_key() == first
    assert known_keys() == [first]
    assert {file.name for file in keys.iterdir()} == {PRIVATE, checkpoints.PUBLIC}


def test_several_that_start_at_once_agree_on_one_key(keys: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(public_key())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert set(found) == {public_key()}


def test_a_checkpoint_of_an_earlier_key_still_holds(club: Club, keys: Path) -> None:
    sign_heads()
    (keys / PRIVATE).unlink()
    register(club.administrator)
    sign_heads()
    assert len(known_keys()) == len(set(Checkpoint.objects.values_list("public_key", flat=True))) == 2
    assert verify() == []


def test_a_checkpoint_of_an_unknown_key_does_not_hold(club: Club, keys: Path) -> None:
    sign_heads()
    for file in keys.iterdir():
        file.unlink()
    assert verify() == []  # Without any key here, a checkpoint is held to the key it names.
    remember("ab" * 32)
    (problem,) = verify()
    assert "unknown here" in problem.sentence
    remember(Checkpoint.objects.values_list("public_key", flat=True)[0])
    assert verify() == []


def test_taking_away_what_was_signed_does_not_hide_a_cut_end(club: Club, keys: Path) -> None:
    sign_heads()
    books = set(Checkpoint.objects.values_list("book__slug", flat=True))
    with by_hand():
        Checkpoint.objects.all()._raw_delete("default")
        problems = verify()
    assert {problem.book.partition("/")[2] for problem in problems} == books
    assert all("stands beside the key and not in the database" in problem.sentence for problem in problems)
