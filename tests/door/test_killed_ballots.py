"""kill -9 at random moments of a ballot of a thousand: every vote that was answered is there, none twice, none late."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.door.server import Door, World, cast

pytestmark = pytest.mark.door
CHOICES = ("for", "against", "abstain")
AT_ONCE = 100
# So many vote while the ballot is closed, after the last kill.
LAST = 250


@dataclass
class Hall:
    """A ballot, its voters' cards, and what each of them was told; a vote that was not answered is sent again."""

    ballot: int
    cards: list[str]
    told: dict[int, str] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)

    def choice(self, voter: int) -> str:
        """What a voter votes."""
        return CHOICES[voter % 3]

    def code(self, voter: int) -> str:
        """A voter's own code; their order is another than that of the list."""
        return f"{(voter * 7919) % 99991:05}VOTER{self.ballot}"

    def request(self, voter: int) -> str:
        """The token of a voter's request, the same however often it is sent."""
        return f"{self.ballot}-{voter}"

    async def vote(self, door: Door, voters: list[int], heard: Callable[[], object] = lambda: None) -> None:
        """Let these vote, a hundred at once, and note the answers; `heard` is called with each."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(voter: int) -> None:
            async with turns:
                self.tried.add(voter)
                sent = (self.ballot, self.cards[voter], self.choice(voter), self.request(voter), self.code(voter))
                answer = await cast(door.port, *sent)
            if answer and self.told.get(voter) != "counted":
                self.told[voter] = answer[1]["outcome"]
                heard()

        await asyncio.gather(*(one(voter) for voter in voters))

    def answered(self, outcome: str) -> set[int]:
        """The voters who were told this."""
        return {voter for voter, told in self.told.items() if told == outcome}


async def killed_while_voting(door: Door, hall: Hall, voters: list[int], after: int) -> None:
    """Let voters vote and kill everything once so many more were answered."""
    loop, enough = asyncio.get_running_loop(), len(hall.told) + after

    def heard() -> None:
        if len(hall.told) == enough and door.process:
            loop.call_soon(door.kill)

    await hall.vote(door, voters, heard)
    door.kill()


async def closed_while_voting(door: Door, hall: Hall, voters: list[int]) -> None:
    """Close the ballot while voters vote; who is not answered votes again until all are."""
    closing = asyncio.get_running_loop().run_in_executor(None, door.world.hall, "close", str(hall.ballot))
    left = [voter for voter in voters if hall.told.get(voter) != "counted"]
    for some in (left[start : start + 10] for start in range(0, len(left), 10)):
        await hall.vote(door, some)
        await asyncio.sleep(0.05)
    await closing
    await hall.vote(door, [voter for voter in voters if voter not in hall.told])


def trial(world: World, method: str, kills: int) -> None:
    opened = world.hall("vote", method)
    hall = Hall(opened["opened"], opened["cards"])
    chance = random.Random(f"{method}{kills}")  # noqa: S311  # no secret
    first = list(range(len(hall.cards) - LAST))
    chance.shuffle(first)
    door = Door(world)
    for kill in range(kills):
        door.start()
        left = [voter for voter in first if hall.told.get(voter) != "counted"]
        # Of those who were counted some send once more, as a phone does that heard nothing.
        again = chance.sample(sorted(hall.answered("counted")), min(20, len(hall.answered("counted"))))
        share = max(1, len(left) // (kills - kill))
        asyncio.run(killed_while_voting(door, hall, again + left, chance.randint(1, share)))
    with door:
        asyncio.run(closed_while_voting(door, hall, list(range(len(hall.cards)))))
    assert set(hall.told.values()) <= {"counted", "ballot_closed", "box_opened"}
    assert len(hall.answered("counted")) > LAST // 10
    held = papers(world, hall) if method == "secret vote" else named(world, hall)
    assert hall.answered("counted") <= held.keys(), "A vote that was answered is lost."
    assert not hall.answered("ballot_closed") & held.keys(), "A vote came after the close."
    assert all(hall.choice(voter) == choice for voter, choice in held.items())
    (counted,) = world.rows(
        f"SELECT votes_for + votes_against + abstained FROM voting_result WHERE ballot_id = {hall.ballot}"  # noqa: S608
    )
    assert counted == len(held)
    assert world.hall("check")["problems"] == []


def named(world: World, hall: Hall) -> dict[int, str]:
    """Return what lies in a box by name, by voter; each once."""
    rows = world.rows(f"SELECT request || ' ' || choice FROM voting_vote WHERE ballot_id = {hall.ballot}")  # noqa: S608
    found = [(int(row.split()[0].partition("-")[2]), row.split()[1]) for row in rows]
    assert max(Counter(voter for voter, _choice in found).values()) == 1
    return dict(found)


def papers(world: World, hall: Hall) -> dict[int, str]:
    """Return the papers of a secret vote, by the voters whose codes they have; each once, and none of nobody."""
    rows = world.rows(f"SELECT code || ' ' || said FROM voting_boxpaper WHERE ballot_id = {hall.ballot}")  # noqa: S608
    assert world.rows("SELECT voter_id FROM voting_sealedvote") == set()
    assert not list((world.data / "keys" / "ballots").iterdir()), "The key outlived the close."
    whose = {hall.code(voter): voter for voter in hall.tried}
    return {whose[row.split()[0]]: row.split()[1] for row in rows}


def test_a_secret_vote_of_a_thousand_outlives_three_kills(great_world: World) -> None:
    trial(great_world, "secret vote", 3)


def test_a_named_vote_of_a_thousand_outlives_two_kills(great_world: World) -> None:
    trial(great_world, "named vote", 2)


@pytest.mark.long
@pytest.mark.parametrize("method", ["secret vote", "named vote"])
def test_a_vote_of_a_thousand_outlives_fifty_kills(great_world: World, method: str) -> None:
    for _ballot in range(5):
        trial(great_world, method, 10)
