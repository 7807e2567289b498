"""Votes that weigh, are held for others or split; a second majority; a quorum of votes."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.accounts.models import Account, Person
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules import HALF, SecondBy, Share, Threshold
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import give_proxy, participant_came, weigh_votes
from hemicycle.meetings.models import Participation
from hemicycle.meetings.queries import viewer_of
from hemicycle.voting.acts import close_ballot, declare_result, open_ballot, take_back_vote
from hemicycle.voting.box_commit import Outcome, Slip, commit
from hemicycle.voting.models import Ballot, Entitled, Method, Result, Vote
from hemicycle.voting.queries import own_votes
from hemicycle.voting.queries.counting import boxes_that_do_not_hold
from hemicycle.voting.rules import Base, Counts, Majority
from hemicycle.voting.second import Cast, counted_by, weigh
from hemicycle.voting.tests.world import DAY, Floor, at, floor_of


def with_rules(club: Club, **changes: object) -> None:
    """Let the club have these rules on the day of the sitting."""
    today = procedure(rules_on(club.body, date(2026, 3, 1)))
    adopt_rules(by=club.administrator, body_id=club.body.pk, preset=replace(today, **changes), in_force_from=DAY)


def row_of(floor: Floor, number: int) -> Participation:
    return Participation.objects.get(sitting=floor.sitting, person=floor.club.members[number])


def weighs(floor: Floor, number: int, weight: int) -> None:
    weigh_votes(by=floor.club.secretary, participation_id=row_of(floor, number).pk, weight=weight)


def proxy(floor: Floor, principal: int, holder: int) -> None:
    people = floor.club.members
    give_proxy(
        by=floor.club.secretary,
        meeting_id=floor.meeting.pk,
        principal_id=people[principal].pk,
        holder_id=people[holder].pk,
    )


def opened(floor: Floor) -> Ballot:
    return open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)


def own(ballot: Ballot, person: Person) -> list[str]:
    """Return for whom somebody can cast a vote now."""
    viewer = viewer_of(person.pk, None, DAY)
    return [one.voter.name for one in own_votes(viewer, ballot) if one.card]


def voter(ballot: Ballot, name: str) -> Entitled:
    return ballot.entitled.get(name__startswith=name)


def cast(ballot: Ballot, choice: str, *voters: Entitled, issue: int = 0) -> list[Outcome]:
    return commit([Slip(ballot.pk, one.pk, choice, f"{one.pk}-{choice}-{issue}", issue=issue) for one in voters])


def closed(floor: Floor, ballot: Ballot) -> Result:
    close_ballot(by=floor.club.chair, ballot_id=ballot.pk)
    return declare_result(by=floor.club.chair, result_id=Result.objects.get(ballot=ballot).pk)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def test_votes_count_as_they_weigh_and_the_list_proves_it(club: Club) -> None:
    with_rules(club, votes_weighted=True)
    floor = floor_of(club, present=6)
    with at(5):
        weighs(floor, 3, 4)
        ballot = opened(floor)
        assert (ballot.weighted, ballot.members, ballot.whole) == (True, 12, 9)
        assert list(boxes_that_do_not_hold()) == []
        with pytest.raises(Refused, match="vote is being taken"):
            weighs(floor, 3, 5)
        cast(ballot, "for", voter(ballot, "Dov"))
        cast(ballot, "against", voter(ballot, "Ann"), voter(ballot, "Ben"), voter(ballot, "Cleo"))
    with at(10):
        result = closed(floor, ballot)
    assert (result.votes_for, result.votes_against, result.entitled, result.carried) == (4, 3, 9, True)
    assert sentence(Entry.objects.latest("pk")).endswith(
        "Adopted: 4 for, 3 against, 0 abstained. 4 were needed (over half of 7 valid votes). "
        "2 entitled voters did not vote."
    )
    assert list(boxes_that_do_not_hold()) == []
    assert verify() == []


def test_a_proxy_casts_both_votes_and_the_owner_only_sees_who_does(club: Club) -> None:
    with_rules(club, proxies_most=1)
    floor = floor_of(club, present=6)
    with at(5):
        proxy(floor, 7, 2)
        ballot = opened(floor)
        assert ballot.entitled.count() == 7
        assert own(ballot, club.members[2]) == ["Cleo Costa", "Hal Holm"]
        assert own(ballot, club.members[7]) == []
        page = signed_in(club.members[2]).get(f"/en/ballots/{ballot.pk}/").content.decode()
        assert "For yourself, Cleo Costa" in page
        assert "For Hal Holm, by proxy" in page
        assert "All your 2 votes the same" in page
        theirs = signed_in(club.members[7]).get(f"/en/ballots/{ballot.pk}/").content.decode()
        assert "Cleo Costa casts your vote by proxy" in theirs
        assert list(boxes_that_do_not_hold()) == []


def test_one_button_casts_all_votes_the_same_or_split(club: Club) -> None:
    with_rules(club, proxies_most=2)
    floor = floor_of(club, present=6)
    with at(5):
        proxy(floor, 6, 2)
        proxy(floor, 7, 2)
        ballot = opened(floor)
        held = [one for one in own_votes(viewer_of(club.members[2].pk, None, DAY), ballot) if one.card]
        sent = {"card": [one.card for one in held], "request": [one.request for one in held]}
        page, client = f"/en/ballots/{ballot.pk}/cast-all/", signed_in(club.members[2])
        wrong = client.post(page, {**sent, "choice": "split", "for": "2", "against": "2"})
        assert wrong.status_code == 422
        assert "let them add up" in wrong.content.decode()
        assert client.post(page, {**sent, "choice": "perhaps"}).status_code == 422
        assert client.post(page, {**sent, "card": ["forged"] * 3, "choice": "for"}).status_code == 403
        assert not Vote.objects.exists()
        done = client.post(page, {**sent, "choice": "split", "for": "2", "against": "1", "next": "/en/"})
        assert done.headers["Location"] == "/en/?vote=counted"
        assert Counter(ballot.votes.values_list("choice", flat=True)) == {"for": 2, "against": 1}


def test_who_arrives_takes_the_vote_back_until_the_proxy_has_voted(club: Club) -> None:
    with_rules(club, proxies_most=2)
    floor = floor_of(club, present=6)
    with at(5):
        proxy(floor, 6, 2)
        proxy(floor, 7, 2)
        ballot = opened(floor)
        gus, hal = voter(ballot, "Gus"), voter(ballot, "Hal")
        with pytest.raises(Refused, match="Check in first"):
            take_back_vote(by=club.secretary, voter_id=gus.pk)
        with pytest.raises(Refused, match="Nobody else casts"):
            take_back_vote(by=club.secretary, voter_id=voter(ballot, "Cleo").pk)
        cast(ballot, "for", hal)
    with at(6):
        for number in (6, 7):
            participant_came(by=club.secretary, participation_id=row_of(floor, number).pk)
        with pytest.raises(Refused, match="has voted for Hal Holm already"):
            take_back_vote(by=club.secretary, voter_id=hal.pk)
        page = signed_in(club.members[6]).get(f"/en/ballots/{ballot.pk}/").content.decode()
        assert "Cast it yourself" in page
        sent = {"voter": gus.pk}
        took = signed_in(club.members[6]).post(f"/en/ballots/{ballot.pk}/take-back/", sent)
        assert took.status_code == 302
        assert (
            sentence(Entry.objects.latest("pk")) == "Gus Grau arrived and casts the vote that Cleo Costa held by proxy."
        )
        with pytest.raises(Refused, match="Nobody else casts"):
            take_back_vote(by=club.secretary, voter_id=gus.pk)
        # The proxy's card has ended; the owner's is good.
        assert [one.code for one in cast(ballot, "for", gus)] == ["card_struck"]
        assert own(ballot, club.members[6]) == ["Gus Grau"]
        assert "Gus Grau" not in own(ballot, club.members[2])
        assert [one.code for one in cast(ballot, "against", gus, issue=1)] == ["counted"]
    with at(7):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        with pytest.raises(Refused, match="closed already"):
            take_back_vote(by=club.secretary, voter_id=gus.pk)
    assert verify() == []


def test_a_delegation_is_cast_split_and_its_members_see_it(club: Club) -> None:
    with_rules(club, votes_weighted=True, votes_split=True)
    floor = floor_of(club, present=6)
    with at(5):
        Participation.objects.filter(sitting=floor.sitting, person__in=club.members[3:5]).update(group=club.local)
        weighs(floor, 3, 3)
        ballot = opened(floor)
        rows = list(ballot.entitled.filter(name__startswith="Dov").order_by("mandate"))
        assert [(one.weight, one.mandate) for one in rows] == [(1, 1), (1, 2), (1, 3)]
        cast(ballot, "for", *rows[:2])
        cast(ballot, "against", rows[2])
    with at(10):
        result = closed(floor, ballot)
    assert (result.votes_for, result.votes_against) == (2, 1)
    colleague = signed_in(club.members[4]).get(f"/en/ballots/{ballot.pk}/").content.decode()
    assert "How your delegation voted" in colleague
    assert (
        "How your delegation voted" not in signed_in(club.members[1]).get(f"/en/ballots/{ballot.pk}/").content.decode()
    )
    assert "How your delegation voted" not in Client().get(f"/en/ballots/{ballot.pk}/").content.decode()


def test_a_double_majority_needs_both_and_tells_its_arithmetic(club: Club) -> None:
    with_rules(club, votes_weighted=True, second_by=SecondBy.WEIGHT, second_majority="2/3 least valid")
    floor = floor_of(club, present=6)
    with at(5):
        weighs(floor, 0, 6)
        with pytest.raises(Refused, match="counted by name"):
            open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.HANDS)
        ballot = opened(floor)
        cast(ballot, "for", *(voter(ballot, name) for name in ("Ben", "Cleo", "Dov", "Eva")))
        cast(ballot, "against", voter(ballot, "Ann"))
    with at(10):
        result = closed(floor, ballot)
    # Four persons of five, but four votes of ten as they weigh.
    assert (result.votes_for, result.votes_against, result.carried) == (4, 1, False)
    assert result.second
    assert (result.second["for"], result.second["against"], result.second["needed"]) == (4, 6, 7)
    assert sentence(Entry.objects.latest("pk")).endswith(
        "Not adopted: 4 for, 1 against, 0 abstained. 3 were needed (over half of 5 valid votes). "
        "By weight 4 for, 6 against, 0 abstained; 7 of 10 were needed (at least two thirds). "
        "1 entitled voter did not vote."
    )
    assert verify() == []


def test_without_a_quorum_of_votes_nothing_is_adopted(club: Club) -> None:
    with_rules(club, votes_quorum="1/2 least members")
    floor = floor_of(club, present=6)
    with at(5):
        ballot = opened(floor)
        cast(ballot, "for", voter(ballot, "Ann"), voter(ballot, "Ben"))
    with at(10):
        result = closed(floor, ballot)
    assert (result.carried, result.quorum_of_votes) == (False, 5)
    assert "2 votes were cast, too few to decide: 5 of 9 were needed." in sentence(Entry.objects.latest("pk"))


counts = st.integers(0, 12)


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            Cast,
            unit=st.sampled_from(["", "Pier", "Quay", "Lock"]),
            choice=st.sampled_from(["for", "against", "abstain", ""]),
            weight=st.integers(1, 5),
        ),
        max_size=12,
    ),
    st.sampled_from([SecondBy.WEIGHT, SecondBy.UNITS]),
    st.sampled_from([HALF, Share(2, 3, strict=False), Share(55, 100, strict=False)]),
    st.sampled_from(list(Base)),
    st.sampled_from([None, Threshold(Share(1, 2, strict=False), Base.MEMBERS)]),
)
def test_two_majorities_agree_with_counting_cards_on_a_table(
    votes: list[Cast], by: SecondBy, share: Share, of: Base, quorum: Threshold | None
) -> None:
    persons = Counts(
        *(sum(one.choice == said for one in votes) for said in ("for", "against", "abstain")), len(votes), 12
    )
    second = counted_by(by, votes, 60)
    found = weigh(persons, Majority(HALF, Base.VALID), by=by, asked=Threshold(share, of), second=second, quorum=quorum)
    tables = {"for": 0, "against": 0, "abstain": 0, "": 0}
    if by == SecondBy.WEIGHT:
        for one in votes:
            tables[one.choice] += one.weight
    else:
        for unit in {one.unit for one in votes if one.unit}:
            mine = [one for one in votes if one.unit == unit]
            ups = sum(one.weight for one in mine if one.choice == "for")
            downs = sum(one.weight for one in mine if one.choice == "against")
            voted = any(one.choice for one in mine)
            tables["" if not voted else "for" if ups > downs else "against" if downs > ups else "abstain"] += 1
    assert (second.votes_for, second.against, second.abstained, second.silent) == tuple(tables.values())
    bases = {"valid": tables["for"] + tables["against"], "present": sum(tables.values()), "members": 60}
    base = bases.get(of, sum(tables.values()) - tables[""])
    reached = tables["for"] * share.denominator >= share.numerator * base and tables["for"] > 0
    if share.strict:
        reached = tables["for"] * share.denominator > share.numerator * base
    enough = quorum is None or 2 * persons.cast >= 12
    assert found.carried == (persons.votes_for > persons.against and reached and enough)
