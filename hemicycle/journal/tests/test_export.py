"""An exported book can be checked without Hemicycle, and a file that was tampered with cannot pass."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.act import act
from hemicycle.journal.acts import erase_facts
from hemicycle.journal.checkpoints import public_key, sign_heads
from hemicycle.journal.export import export_book
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.tests.test_act import register

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "verify_export.py"
Lines = list[dict[str, Any]]


def export(club: Club, *accesses: str) -> Lines:
    """Sign the book of the installation and return it as it leaves the house."""
    sign_heads()
    book = Book.objects.get(pk=club.administrator.book)
    return [json.loads(json.dumps(line)) for line in export_book(book, accesses or tuple(Access))]


def check(folder: Path, lines: Lines, *more: str) -> subprocess.CompletedProcess[str]:
    """Check a file with the script that needs no Hemicycle."""
    file = folder / "book.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(file), *more], capture_output=True, text=True, check=False
    )


def test_the_script_has_under_sixty_lines_and_needs_no_hemicycle() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert "import hemicycle" not in text
    assert "from hemicycle" not in text


def test_an_exported_book_holds_without_hemicycle(club: Club, tmp_path: Path) -> None:
    with act("persons.registered", by=club.administrator.with_once("form-1")) as entry:
        facts = {"\U0001f600": 1, "\ufb33": "x\u2028y", "a": ['é\n\x1f"\\', None, True, -7]}
        entry.record(subjects=["person:1"], access="public", facts=facts)
    lines = export(club)
    checked = check(tmp_path, lines, public_key())
    assert (checked.returncode, checked.stdout) == (0, "Everything holds.\n"), checked.stderr
    assert [line["number"] for line in lines if "number" in line] == list(range(1, lines[0]["head"]["number"] + 1))


def test_what_an_audience_may_not_read_is_withheld_and_the_rest_still_holds(club: Club, tmp_path: Path) -> None:
    lines = export(club, "public")
    entries = Entry.objects.filter(book=club.administrator.book)
    withheld = [line for line in lines if line.get("withheld")]
    assert {line["number"] for line in withheld} == {entry.number for entry in entries if entry.access != "public"}
    assert all(line.keys() == {"number", "previous", "digest", "withheld"} for line in withheld)
    assert not any(club.members[0].name in json.dumps(line) for line in withheld)
    assert check(tmp_path, lines).returncode == 0


def test_erased_facts_are_marked_and_the_rest_still_holds(club: Club, tmp_path: Path) -> None:
    erase_facts(by=club.administrator, book_id=club.administrator.book, number=3, reason="Order 7")
    lines = export(club)
    assert lines[3]["erased"] is True
    assert not {"facts", "salt"} & lines[3].keys()
    assert check(tmp_path, lines).returncode == 0


def another_fact(lines: Lines) -> None:
    lines[2]["facts"]["count"] = 12


def another_actor(lines: Lines) -> None:
    lines[4]["header"]["actor"]["name"] = "Eve"


def another_digest(lines: Lines) -> None:
    lines[4]["digest"] = "f" * 64


def one_entry_less(lines: Lines) -> None:
    del lines[5]


def two_entries_changed_about(lines: Lines) -> None:
    lines[5], lines[6] = lines[6], lines[5]


def the_end_cut_off(lines: Lines) -> None:
    del lines[-3:]


def the_end_cut_off_and_the_head_rewritten(lines: Lines) -> None:
    del lines[-2]
    lines[0]["head"] = {"number": lines[-2]["number"], "digest": lines[-2]["digest"]}


def an_entry_of_another_book(lines: Lines) -> None:
    lines[0]["book"] = "00000000-0000-4000-8000-000000000000"


def facts_taken_away(lines: Lines) -> None:
    del lines[3]["facts"]


def another_signature(lines: Lines) -> None:
    lines[-1]["signature"] = "00" * 64


def another_date_of_signing(lines: Lines) -> None:
    lines[-1]["checkpoint"]["signed_at"] = "2031-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    "tamper",
    [
        another_fact,
        another_actor,
        another_digest,
        one_entry_less,
        two_entries_changed_about,
        the_end_cut_off,
        the_end_cut_off_and_the_head_rewritten,
        an_entry_of_another_book,
        facts_taken_away,
        another_signature,
        another_date_of_signing,
    ],
)
def test_a_file_that_was_tampered_with_does_not_pass(
    club: Club, tmp_path: Path, tamper: Callable[[Lines], None]
) -> None:
    lines = export(club)
    tamper(lines)
    checked = check(tmp_path, lines)
    assert checked.returncode == 1
    assert "holds." not in checked.stdout


def test_a_book_signed_with_a_key_that_nobody_trusts_does_not_pass(club: Club, tmp_path: Path) -> None:
    assert "signed otherwise" in check(tmp_path, export(club), "ab" * 32).stderr


def test_the_script_names_the_entry_that_does_not_hold(club: Club, tmp_path: Path) -> None:
    lines = export(club)
    another_actor(lines)
    assert check(tmp_path, lines).stderr == "DOES NOT HOLD: The installation, entry 4.\n"


def test_several_books_stand_in_one_file(club: Club, tmp_path: Path) -> None:
    with act("meeting.convened", by=club.chair) as entry:
        entry.record(subjects=["meeting:1"], access="public", facts={})
    sign_heads()
    lines = [line for book in Book.objects.order_by("pk") for line in export_book(book, tuple(Access))]
    assert check(tmp_path, lines).returncode == 0
    lines[-2]["header"]["kind"] = "x"
    assert "General Meeting, entry 1" in check(tmp_path, lines).stderr


def test_a_head_is_signed_once_until_the_book_grows(club: Club) -> None:
    assert len(sign_heads()) == 1
    assert sign_heads() == []
    register(club.administrator)
    assert [checkpoint.number for checkpoint in sign_heads()] == [
        Book.objects.get(pk=club.administrator.book).head_number
    ]
