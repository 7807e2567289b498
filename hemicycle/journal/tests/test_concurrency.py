"""Many who act at once: no number missing, none twice, no change lost, on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.command.tests.apart import Place, place_like
from hemicycle.command.tests.test_backup import FOUND
from tests.world import World

PROCESSES, THREADS, ACTS = 3, 4, 8

# Each thread counts up the same post's seats in an act of its own, reading under the lock.
RACE = """
import sys, threading
from django.db import connections
from hemicycle.accounts.models import Installation
from hemicycle.bodies.models import Post
from hemicycle.bodies.queries import actors_of
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Actor, act

installation = Installation.objects.select_related("book").get()
admin = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
post = Post.objects.order_by("pk")[0].pk
faults = []

def race(number):
    try:
        for turn in range(int(sys.argv[1])):
            once = admin.with_once(f"{sys.argv[2]}-{number}-{turn}")
            with act("post.created", by=once) as entry:
                found = entry.lock(Post, post)
                entry.update(found, seats=found.seats + 1)
                entry.record(subjects=[found], access="public", facts={"seats": found.seats})
    except Exception as error:
        faults.append(repr(error))
    finally:
        connections.close_all()

print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=race, args=(number,)) for number in range(int(sys.argv[3]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(";".join(faults), flush=True)
"""
TOLD = """
import json
from hemicycle.bodies.models import Post
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.verify import verify
book = Book.objects.get(noun="installation")
entries = list(Entry.objects.filter(book=book).order_by("number"))
print(json.dumps({
    "seats": Post.objects.order_by("pk")[0].seats,
    "head": book.head_number,
    "numbers": [entry.number for entry in entries],
    "facts": [entry.facts["seats"] for entry in entries if entry.once],
    "moments": [entry.recorded_at.isoformat() for entry in entries],
    "keys": [entry.pk for entry in entries],
    "problems": [problem.sentence for problem in verify()],
}))
"""
FOLLOW = """
import sys, time
from hemicycle.journal.models import Book
from hemicycle.journal.queries import follow
book = Book.objects.get(noun="installation").pk
seen, last = [], int(sys.argv[1])
print("ready", flush=True)
until = time.monotonic() + 60
while last < int(sys.argv[2]) and time.monotonic() < until:
    for entry in follow(book, last):
        seen.append(entry.number)
        last = entry.number
print(seen == list(range(int(sys.argv[1]) + 1, int(sys.argv[2]) + 1)), flush=True)
"""


@pytest.fixture(scope="module")
def place(tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with the club, on a database that processes share."""
    with place_like(tables_template, tmp_path_factory.mktemp("race") / "data") as place:
        place.python(FOUND)
        yield place


def test_acts_of_many_processes_and_threads_leave_no_gap_and_lose_nothing(place: Place) -> None:
    before = json.loads(place.python(TOLD))
    whole = PROCESSES * THREADS * ACTS
    reader = place.start(FOLLOW, str(before["head"]), str(before["head"] + whole))
    racers = [place.start(RACE, str(ACTS), str(number), str(THREADS)) for number in range(PROCESSES)]
    for process in (reader, *racers):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert [racer.communicate(timeout=120)[0] for racer in racers] == ["\n"] * PROCESSES
    told = json.loads(place.python(TOLD))
    assert told["head"] == before["head"] + whole
    assert told["numbers"] == list(range(1, told["head"] + 1))
    assert told["seats"] == before["seats"] + whole
    assert told["facts"] == list(range(before["seats"] + 1, told["seats"] + 1))
    assert told["moments"] == sorted(told["moments"])
    assert told["keys"] == sorted(told["keys"])
    assert told["problems"] == []
    # A reader that followed meanwhile saw every number once, in order.
    assert reader.communicate(timeout=60)[0] == "True\n"


def test_the_same_form_sent_many_times_at_once_is_entered_once(place: Place, tmp_path: Path) -> None:
    before = json.loads(place.python(TOLD))
    racers = [place.start(RACE.replace("{number}", "same"), "1", "double", str(THREADS)) for _ in range(PROCESSES)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = "".join(racer.communicate(timeout=120)[0] for racer in racers)
    assert said.count("already_entered") == PROCESSES * THREADS - 1
    told = json.loads(place.python(TOLD))
    assert (told["head"], told["seats"]) == (before["head"] + 1, before["seats"] + 1)
    assert told["problems"] == []
