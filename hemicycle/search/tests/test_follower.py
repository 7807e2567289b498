"""The follower loses nothing that was committed, and only one of a machine writes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hemicycle.accounts.access import PUBLIC
from hemicycle.demo.club import Club
from hemicycle.journal.models import Book
from hemicycle.search import follower
from hemicycle.search.find import search
from hemicycle.search.follower import catch_up
from hemicycle.search.index import POSITION, IndexTaken, Writer, open_index, writing
from hemicycle.search.tests import things
from hemicycle.search.tests.things import enter


def test_the_follower_reads_past_what_it_saw(club: Club, index_folder: Path) -> None:
    enter(club.chair, "meeting", 1, "First plenary")
    catch_up()
    enter(club.chair, "meeting", 2, "Second plenary")
    assert catch_up() == 1
    assert catch_up() == 0
    assert search(PUBLIC, "plenary").total == 2
    position = json.loads((index_folder / POSITION).read_text(encoding="utf-8"))
    assert position == {str(book.uuid): book.head_number for book in Book.objects.filter(uuid__in=position)}


def test_only_one_writes(club: Club, index_folder: Path) -> None:
    with writing(), pytest.raises(IndexTaken):
        catch_up()
    assert catch_up() == 0


def test_who_died_before_remembering_the_position_reads_the_same_once_more(
    club: Club, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up()
    enter(club.chair, "meeting", 1, "First plenary")

    def die(self: Writer, _position: object) -> None:
        self.writer.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Writer, "commit", die)
        with pytest.raises(KeyboardInterrupt):
            catch_up()
    assert catch_up() == 1
    assert search(PUBLIC, "plenary").total == 1


def test_another_database_makes_the_index_anew(club: Club, index_folder: Path) -> None:
    enter(club.chair, "meeting", 1, "First plenary")
    catch_up()
    things.THINGS.clear()
    file = index_folder / POSITION
    file.write_text(json.dumps({"00000000-0000-4000-8000-000000000000": 3}), encoding="utf-8")
    catch_up()
    assert search(PUBLIC, "plenary").total == 0


def test_an_index_that_cannot_be_read_is_made_anew(club: Club, index_folder: Path) -> None:
    enter(club.chair, "meeting", 1, "First plenary")
    catch_up()
    (index_folder / "meta.json").write_text("{", encoding="utf-8")
    assert not search(PUBLIC, "plenary").ready
    catch_up()
    assert search(PUBLIC, "plenary").total == 1


def test_what_hangs_on_a_thing_is_put_anew_when_its_access_may_have_changed(
    club: Club, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(club.chair, "meeting", 5, "Fifth plenary")
    enter(club.chair, "decision", 1, "On the dues", scope="meeting:5")
    enter(club.chair, "decision", 2, "On the pier", scope="meeting:6")
    catch_up()
    for name in ("decision:1", "decision:2"):
        things.THINGS[name] = things.replace(things.THINGS[name], access="desk")
    loaded: list[int] = []
    monkeypatch.setattr(things, "decisions", lambda keys: loaded.extend(keys) or iter(()))
    monkeypatch.setattr(follower, "tables_with_access", lambda: {"journal_book"})
    from hemicycle.journal.act import act

    with act("meeting.convened", by=club.chair) as entry:
        entry.update(entry.book, title="General Meeting")
        entry.record(subjects=["meeting:5"], access="public", facts={})
    catch_up()
    assert loaded == [1]


def test_tables_whose_rows_say_who_may_read_them_are_known() -> None:
    assert {"meetings_meeting", "meetings_sitting", "meetings_agendaitem"} <= follower.tables_with_access()
    assert "accounts_person" not in follower.tables_with_access()


WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
import tantivy
from hemicycle.search.index import Writer
writer = Writer(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    made = tantivy.Document()
    made.add_text("id", f"meeting:{number}")
    writer.writer.add_document(made)
    if number % 10 == 9:
        writer.commit({"book": number + 1})
        print(number + 1, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_loses_nothing_committed(tmp_path: Path) -> None:
    for trial in range(3):
        place = tmp_path / str(trial)
        died = subprocess.run(
            [sys.executable, "-c", WRITE_AND_DIE, str(place), str(37 + trial)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "hemicycle.ground.settings"},
        )
        assert died.returncode == -signal.SIGKILL, died.stderr
        told = int(died.stdout.split()[-1])
        assert json.loads((place / POSITION).read_text(encoding="utf-8")) == {"book": told}
        opened = open_index(place)
        opened.reload()
        assert opened.searcher().num_docs == told
        Writer(place).close()
