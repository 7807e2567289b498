"""kill -9 at random points while acts and votes run: rows and books agree, and nothing acknowledged is lost."""

import asyncio
import json
import random
import secrets
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.door.server import Door, World, cast

pytestmark = pytest.mark.door
Opened = tuple[int, list[str]]
CHOICES = ("for", "against", "abstain")


@dataclass
class Acknowledged:
    """What was answered, and so may never be lost: persons, closed ballots, and the requests of votes."""

    persons: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    votes: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)

    def hear(self, told: dict[str, Any], opened: Callable[[Opened], object]) -> None:
        """Note what the writer told; hand an opened ballot to the voters."""
        if "person" in told:
            self.persons.add(told["person"])
        elif "closed" in told:
            self.closed.add(told["closed"])
        else:
            opened((told["opened"], told["cards"]))


def listen(writer: "subprocess.Popen[str]", heard: Acknowledged, opened: "asyncio.Queue[Opened]") -> threading.Thread:
    """Read what the writer tells, in a thread, until it ends; a line cut off by the kill was not told."""
    loop = asyncio.get_running_loop()

    def read() -> None:
        assert writer.stdout
        with writer.stdout as lines:
            for line in lines:
                if line.endswith("\n"):
                    heard.hear(json.loads(line), lambda ballot: loop.call_soon_threadsafe(opened.put_nowait, ballot))

    reading = threading.Thread(target=read)
    reading.start()
    return reading


async def vote(door: Door, heard: Acknowledged, ballot: int, card: str) -> None:
    """Cast one vote and note the answer."""
    request = secrets.token_hex(8)
    answer = await cast(door.port, ballot, card, random.choice(CHOICES), request)  # noqa: S311  # no secret
    if answer:
        code = answer[1]["outcome"]
        heard.answers[code] = heard.answers.get(code, 0) + 1
        if code == "counted":
            heard.votes[request] = ballot


async def run_until_killed(door: Door, writer: "subprocess.Popen[str]", heard: Acknowledged, seconds: float) -> None:
    """Let a writer act and voters vote, then kill everything at once."""
    opened: asyncio.Queue[Opened] = asyncio.Queue()
    reading = listen(writer, heard, opened)
    votes: set[asyncio.Task[None]] = set()
    try:
        ballot, cards = await asyncio.wait_for(opened.get(), 60)  # The writer is there; now the time runs.
        async with asyncio.timeout(seconds):
            while True:
                votes |= {asyncio.ensure_future(vote(door, heard, ballot, card)) for card in cards}
                ballot, cards = await opened.get()
    except TimeoutError:
        pass
    finally:
        door.kill()
        writer.kill()
        await asyncio.gather(*votes)
        writer.wait()
        reading.join()


def trial(world: World, kills: int) -> Acknowledged:
    heard = Acknowledged()
    chance = random.Random(f"{world.data.name}{kills}")  # noqa: S311  # no secret
    door = Door(world)
    for _ in range(kills):
        writer = world.writer(60, 0.05)  # Both start at once: starting is most of the time.
        door.start()
        asyncio.run(run_until_killed(door, writer, heard, chance.uniform(0.2, 1.5)))
    assert world.hall("check")["problems"] == []
    assert heard.persons <= world.rows("SELECT id FROM accounts_person")
    assert heard.closed <= world.rows("SELECT id FROM voting_ballot WHERE closed IS NOT NULL")
    assert set(heard.votes) <= world.rows("SELECT request FROM voting_vote")
    assert heard.persons
    assert heard.votes
    return heard


def test_nothing_acknowledged_is_lost_by_five_kills(world: World) -> None:
    trial(world, 5)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_by_fifty_kills(world: World) -> None:
    trial(world, 50)
