"""Votes against the closing of their ballot, through two workers: a vote is counted or told that it came too late."""

import asyncio
import secrets

import pytest

from tests.door.server import Door, World, cast

pytestmark = pytest.mark.door


async def close_among_votes(door: Door, ballot: int, cards: list[str]) -> list[tuple[str, str]]:
    """Cast votes without pause while the ballot is closed; return request and outcome of each."""
    told: list[tuple[str, str]] = []
    closing = asyncio.get_running_loop().run_in_executor(None, door.world.hall, "close", str(ballot))

    async def voter(card: str) -> None:
        over = False
        while not over:
            request = secrets.token_hex(8)
            answer = await cast(door.port, ballot, card, "for" if len(told) % 2 else "against", request)
            if answer:
                told.append((request, answer[1]["outcome"]))
                over = answer[1]["outcome"] == "ballot_closed"

    await asyncio.wait_for(asyncio.gather(*(voter(card) for card in cards)), 60)
    await closing
    return told


def test_no_vote_comes_after_the_close(world: World) -> None:
    with Door(world) as door:
        for _ in range(3):
            opened = world.hall("open", str(world.keys["motion"]))
            told = asyncio.run(close_among_votes(door, opened["opened"], opened["cards"]))
            counted = {request for request, outcome in told if outcome == "counted"}
            assert counted
            assert {outcome for _request, outcome in told} <= {"counted", "ballot_closed", "already_voted"}
            assert counted & world.rows("SELECT request FROM voting_vote")
        assert world.hall("check")["problems"] == []
