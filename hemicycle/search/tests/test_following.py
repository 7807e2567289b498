"""The follower beside a house that goes on writing. Apart from its other tests: this one commits what it enters."""

import threading
from pathlib import Path

import pytest
from django.db import connections

from hemicycle.accounts.access import PUBLIC
from hemicycle.demo.club import found_club
from hemicycle.search import follower, index
from hemicycle.search.find import search
from hemicycle.search.index import Writer
from hemicycle.search.tests.things import enter


@pytest.mark.django_db(transaction=True)
def test_following_goes_on_until_it_is_told_to_stop(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "EVERY", 0.05)
    read = threading.Event()
    whole = index.Writer.commit

    def commit(self: Writer, position: dict[str, int]) -> None:
        whole(self, position)
        read.set()

    monkeypatch.setattr(index.Writer, "commit", commit)
    stop = threading.Event()
    thread = threading.Thread(target=follow_and_close, args=(stop,))
    thread.start()
    try:
        club = found_club()
        enter(club.chair, "meeting", 1, "First plenary")
        for _ in range(100):
            if search(PUBLIC, "plenary").total:
                break
            read.wait(0.1)
            read.clear()
        assert search(PUBLIC, "plenary").total == 1
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def follow_and_close(stop: threading.Event) -> None:
    """Follow, and give the thread's connection back."""
    try:
        follower.follow_forever(stop)
    finally:
        connections.close_all()
