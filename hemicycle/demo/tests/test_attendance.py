"""Whoever is chosen by a digest is chosen alike each time, and never twice."""

import pytest

from hemicycle.demo.attendance import attendance, choices, pick
from hemicycle.demo.tables import PLENARIES, everybody, table

VOTERS = {"North": ["Ann", "Ben", "Cleo", "Dov"], "South": ["Eva", "Fay", "Gus"]}


def test_the_same_occasion_chooses_the_same_people() -> None:
    chosen = pick(VOTERS, {"North": 2, "South": 1}, "a day")
    assert chosen == pick(VOTERS, {"North": 2, "South": 1}, "a day")
    assert len(set(chosen)) == 3


def test_nobody_is_chosen_from_an_empty_bench() -> None:
    with pytest.raises(ValueError, match="South has 3"):
        pick(VOTERS, {"South": 4}, "a day")


def test_every_voter_says_one_thing_or_is_silent() -> None:
    facts = {"silent": {"North": 1}, "against": {"North": 1, "South": 1}, "abstain": {"South": 1}}
    said = choices(VOTERS, facts, "a question", "Ann")
    assert said["Ann"] == "for"
    assert sorted(said.values()) == ["abstain", "against", "against", "for", "for", "for"]


@pytest.mark.parametrize("name", PLENARIES)
def test_alternates_sit_only_for_members_of_their_region_who_are_away(name: str) -> None:
    people, facts = table("people"), table(f"plenaries/{name}")
    there = attendance(people, facts["attendance"], name, {"Leilani Vasko"})
    region = {
        one: group for kind in ("members", "alternates") for group, names in people[kind].items() for one in names
    }
    assert set(there.sits_for.values()) <= set(there.absent)
    assert all(region[alternate] == region[member] for alternate, member in there.sits_for.items())
    assert not there.remote & set(there.absent)


def test_everybody_has_a_name_of_their_own() -> None:
    assert len(everybody()) == len(set(everybody())) == 166
