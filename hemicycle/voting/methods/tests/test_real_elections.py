"""Real elections counted again: winners, quotas, and every figure that was published."""

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hemicycle.bodies.rules import HALF
from hemicycle.voting.methods import block, irv, party_list, schulze, scottish_stv
from hemicycle.voting.methods.ballot_files import read
from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.majority import MAJORITIES, Rule, Standing, decide
from hemicycle.voting.methods.result import Count, decimal
from hemicycle.voting.rules import Counts


def official(elections: Path, folder: str) -> dict[str, dict]:
    return json.loads((elections / folder / "official.json").read_text(encoding="utf-8"))


def figures(count: Count) -> list[list[Decimal]]:
    return [[Decimal(decimal(total, count.decimals)) for total in stage.totals] for stage in count.stages]


def test_every_scottish_ward_agrees_at_every_stage_to_five_decimals(elections: Path) -> None:
    wards = official(elections, "scotland-2017")
    assert len(wards) >= 24
    for name, ward in wards.items():
        found = read(elections / "scotland-2017" / ward["file"])
        assert (list(found.candidates), found.seats) == (ward["candidates"], ward["seats"]), name
        # No lot is given: none of these wards needed one.
        count = scottish_stv.count(Election(found.candidates, found.papers, ward["seats"]))
        assert decimal(count.quota, 5) == f"{ward['quota']}.00000", name
        assert figures(count) == [[Decimal(total) for total in stage] for stage in ward["stage_totals"]], name
        assert [{"candidate": one.candidate, "stage": one.stage} for one in count.elected] == ward["elected"], name
        excluded = [
            {"candidate": stage.of[0], "stage": number}
            for number, stage in enumerate(count.stages)
            if stage.what == "exclusion"
        ]
        assert [each["candidate"] for each in excluded] == [each["candidate"] for each in ward["excluded"]], name
        assert count.papers == ward["valid_poll"], name


def asked_majorities(vote: dict) -> dict[int, Fraction]:
    lines = [line.split() for line in vote["majority_lines"]]
    options = [next(word for word in words if word.startswith("Option")) for words in lines]
    return {
        int(option.removeprefix("Option")): Fraction(words[-1]) for option, words in zip(options, lines, strict=True)
    }


def test_every_debian_vote_agrees_in_matrix_quorum_majorities_defeats_and_winner(elections: Path) -> None:
    votes = official(elections, "debian")
    assert len(votes) >= 9
    for name, vote in votes.items():
        found = read(elections / "debian" / vote["tally"])
        assert found.default == vote["default_option"], name
        assert list(found.candidates) == vote["options"], name
        count = schulze.count(
            Election(found.candidates, found.papers),
            default=found.default,
            quorum=schulze.debian_quorum(vote["developers"]),
            majorities=asked_majorities(vote),
        )
        details = count.details
        matrix = [[None if x == y else votes for y, votes in enumerate(row)] for x, row in enumerate(details["matrix"])]
        dropped = {
            int(line.split("Option")[1].split()[0]): "quorum" if "quorum" in line.lower() else "majority"
            for line in vote["quorum_lines"] + vote["majority_lines"]
            if line.startswith("Dropping")
        }
        assert matrix == vote["beat_matrix"], name
        assert details["dropped"] == dropped, name
        assert sorted(details["defeats"]) == sorted(vote["pairwise_defeats_winner_loser_for_against"]), name
        assert details["schwartz_set"] == vote["schwartz_set"], name
        assert list(count.winners) == vote["winners"], name
        assert count.papers == vote["ballots"], name


def test_a_tally_sheet_that_names_its_majorities_needs_no_more_said(elections: Path) -> None:
    found = read(elections / "debian" / "tally" / "2008_vote_003.txt")
    assert found.majorities == dict.fromkeys((2, 3, 4, 6), Fraction(3))
    assert read(elections / "debian" / "tally" / "2006_vote_003.txt").majorities == {1: Fraction(3)}


def burlington(elections: Path) -> tuple[Election, dict]:
    known = official(elections, "burlington-2009")
    found = read(elections / "burlington-2009" / "ballots.csv", tuple(known["candidates"]))
    return Election(found.candidates, found.papers), known


def test_burlington_agrees_round_by_round_but_for_the_overvote_that_the_city_counted(elections: Path) -> None:
    election, known = burlington(elections)
    count = irv.count(election, together=True)
    mine = [
        {name: votes for name, votes in zip(count.candidates, stage.totals, strict=True) if votes}
        | {"exhausted": stage.exhausted + count.blank}
        for stage in count.stages
    ]
    assert count.papers == known["ballots"]
    assert mine[:2] == known["official_rounds"][:2]
    late = {"Wright": -1, "exhausted": 1}
    assert mine[2] == {name: votes + late.get(name, 0) for name, votes in known["official_rounds"][2].items()}
    assert [count.candidates[number - 1] for number in count.winners] == [known["winner"]]


def test_burlington_has_three_winners_by_three_methods(elections: Path) -> None:
    election, known = burlington(elections)
    by_method = {
        "winner": irv.count(election),
        "condorcet_winner": schulze.count(election),
        "plurality_winner": block.count(firsts(election)),
    }
    assert {key: election.candidates[count.winners[0] - 1] for key, count in by_method.items()} == {
        key: known[key] for key in by_method
    }


def firsts(election: Election) -> Election:
    papers: dict = {}
    for ranking, times in election.papers.items():
        papers[ranking[:1]] = papers.get(ranking[:1], 0) + times
    return Election(election.candidates, papers)


def listed(votes: dict[str, int], seats: int) -> Election:
    return Election(tuple(votes), {(number,): count for number, count in enumerate(votes.values(), 1)}, seats)


def test_the_czech_seats_in_the_european_parliament_are_dhondts_with_five_per_cent(elections: Path) -> None:
    known = official(elections, "party-list")["cz_ep_2019"]
    count = party_list.dhondt(listed(known["votes"], known["seats"]), threshold=Fraction(5, 100))
    won = {count.candidates[number - 1]: seats for number, seats in count.details["seats"].items() if seats}
    assert won == known["official_seats"]


def test_the_irish_president_of_1990_won_at_the_second_count(elections: Path) -> None:
    known = official(elections, "party-list")["ie_president_1990"]
    names = sorted({name for _votes, ranking in known["ranked_votes"] for name in ranking})
    papers = {tuple(names.index(name) + 1 for name in ranking): votes for votes, ranking in known["ranked_votes"]}
    count = irv.count(Election(tuple(names), papers))
    assert names[count.winners[0] - 1] == known["winner"]
    assert {names[n - 1]: votes for n, votes in enumerate(count.stages[-1].totals, 1) if votes} == known["final"]


def test_the_czech_senate_seat_goes_to_a_run_off(elections: Path) -> None:
    known = official(elections, "party-list")["cz_senate_2018_68"]
    count = block.count(listed(known["votes"], 1), majority=HALF)
    assert [count.candidates[number - 1] for number in count.winners] == known["elected"]
    assert [count.candidates[number - 1] for number in count.runoff] == known["runoff"]


@pytest.mark.parametrize("name", ["simple", "two thirds", "three quarters"])
def test_roll_calls_of_the_united_nations_have_the_totals_that_were_published(elections: Path, name: str) -> None:
    folder = elections / "un-roll-calls"
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        members = list(csv.DictReader(file))
    with (folder / "roll_calls.csv").open(encoding="utf-8", newline="") as file:
        calls = list(csv.DictReader(file))
    assert len(calls) >= 50
    edges = 0
    for call in calls:
        said = [member[call["rcid"]] for member in members]
        counts = Counts(said.count("y"), said.count("n"), said.count("a"), len(said), len(said))
        published = [int(call[f"official_{word}"]) for word in ("yes", "no", "abstain")]
        assert [counts.votes_for, counts.against, counts.abstained] == published
        yes, no = published[:2]
        # The share, written out as the rules of the Assembly have it: of the members present and voting.
        times = {"simple": yes > no, "two thirds": yes * 1 >= no * 2, "three quarters": yes * 1 >= no * 3}
        edges += {"simple": yes == no, "two thirds": yes == 2 * no, "three quarters": yes == 3 * no}[name]
        found = decide(Rule(MAJORITIES[name]), counts)
        assert (found.standing is Standing.CARRIED) == times[name], call
    assert edges > 0, "The folder holds calls that lie exactly on each edge."
