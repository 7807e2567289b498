"""`verify` and `export-book` as a person types them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.command.tests.apart import Place, place_like
from hemicycle.command.tests.test_backup import FOUND
from hemicycle.ground.config import HOUSE
from tests.world import World

ALTER = """
from hemicycle.accounts.models import Person
Person.objects.filter(name="Ann Adler").update(name="Eve Adler")
"""
MEND = """
from hemicycle.accounts.models import Person
Person.objects.filter(name="Eve Adler").update(name="Ann Adler")
"""


@pytest.fixture(scope="module")
def place(tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with the club."""
    with place_like(tables_template, tmp_path_factory.mktemp("place") / "data") as place:
        place.python(FOUND)
        yield place


def test_verify_says_that_everything_holds_and_signs(place: Place) -> None:
    unsigned = place.run("verify")
    assert unsigned.returncode == 0, unsigned.stderr
    assert "Everything holds: " in unsigned.stdout
    assert "No head was signed yet" in unsigned.stdout
    signed = place.run("verify", "--sign")
    assert "1 head was signed with the key " in signed.stdout
    assert "The heads were last signed on " in place.run("verify").stdout


def test_verify_names_what_does_not_hold_and_signs_nothing(place: Place) -> None:
    place.python(ALTER)
    try:
        done = place.run("verify", "--sign")
    finally:
        place.python(MEND)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "installation/installation, entry 2: Row 1 of accounts_person is not as entry 2 wrote"
    )
    assert "signed with the key" not in done.stdout


def test_a_book_is_written_for_an_audience_and_checked_without_hemicycle(place: Place, tmp_path: Path) -> None:
    for audience, withheld in (("public", True), ("desk", False)):
        file = tmp_path / f"{audience}.jsonl"
        done = place.run("export-book", "installation", "--audience", audience, "-o", str(file))
        assert (done.returncode, done.stderr) == (0, "")
        assert ('"withheld":true' in file.read_text(encoding="utf-8")) is withheld
        checked = subprocess.run(
            [sys.executable, str(HOUSE / "docs/verify_export.py"), str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_every_book_is_printed_one_after_another(place: Place) -> None:
    done = place.run("export-book", "--all")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [line["noun"] for line in lines if "format" in line] == ["installation", "unit", "unit", "body"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Name one book, or give --all."),
        (("installation", "--all"), "Name one book, or give --all."),
        (("nowhere",), "There is no book “nowhere”"),
        (("unit/general-meeting",), "There is no book"),
    ],
)
def test_a_book_that_cannot_be_meant_is_told(place: Place, arguments: tuple[str, ...], sentence: str) -> None:
    done = place.run("export-book", *arguments)
    assert (done.returncode, sentence in done.stderr) == (2, True)
