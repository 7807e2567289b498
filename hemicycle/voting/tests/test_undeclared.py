"""What was counted is for the desk and the tellers until the chair declares it."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.demo.club import Club
from hemicycle.journal.export import export_book
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import form_organ
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.voting.acts import (
    Hands,
    correct_result,
    declare_result,
    enter_count,
    give_casting_vote,
    open_ballot,
    void_ballot,
)
from hemicycle.voting.models import Ballot
from hemicycle.voting.queries import ballots_in_brief, named_votes, outcome_facts
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at, counted, floor_of
from hemicycle.web.context import installation_at

# What tells a result, in words, in figures or in the names of facts.
VOTES = ("for", "for", "for", "for", "against", "against", "abstain")
FIGURES = re.compile(
    r"4 for|2 against|1 abstained|Adopted|dopted:|carried|Carried|valid vote|seats--(for|against)|outcome__"
    r'|"(carried|counts|unanimous|casting|needed|base)"'
)


def by_box(floor: Floor) -> Ballot:
    return counted(floor, *VOTES)


def by_hands(floor: Floor) -> Ballot:
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method="show of hands")
    with at(12):
        enter_count(by=floor.club.chair, ballot_id=ballot.pk, counted=Hands(4, 2, 1))
    return ballot


def by_casting_vote(floor: Floor) -> Ballot:
    rules(floor.club, casting_vote=True)
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method="show of hands")
    with at(12):
        enter_count(by=floor.club.chair, ballot_id=ballot.pk, counted=Hands(3, 3, 1))
        give_casting_vote(by=floor.club.chair, ballot_id=ballot.pk, choice="for")
    return ballot


def by_recount(floor: Floor) -> Ballot:
    ballot = counted(floor, *VOTES)
    with at(13):
        correct_result(by=floor.club.chair, ballot_id=ballot.pk, reason="A doubt.")
    return ballot


def by_voiding(floor: Floor) -> Ballot:
    ballot = counted(floor, *VOTES)
    with at(13):
        void_ballot(by=floor.club.chair, ballot_id=ballot.pk, reason="Two phones failed.")
    return ballot


def pages_of(floor: Floor, ballot: Ballot, client: Client) -> dict[str, str]:
    """Return every page on which a vote or its entries stand, as this reader has them."""
    meeting, book = floor.meeting, floor.club.body.book
    place = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
    addresses = [
        reverse("voting:ballot", args=[ballot.pk]),
        reverse("meetings:meeting", args=place),
        reverse("bodies:body", args=[meeting.body.slug]),
        reverse("live:floor", args=place),
        reverse("live:screen", args=place),
        reverse("live:mine", args=place),
        reverse("journal:book", args=[book.noun, book.slug]),
        *[
            reverse("journal:entry", args=[book.noun, book.slug, entry.number])
            for entry in Entry.objects.filter(concerns__name=f"ballot:{ballot.pk}")
        ],
    ]
    installation_at.cache_clear()
    with at(15):
        answers = {address: client.get(address) for address in addresses}
    return {address: answer.content.decode() for address, answer in answers.items() if answer.status_code == 200}


@pytest.mark.parametrize("how", [by_box, by_hands, by_casting_vote, by_recount, by_voiding])
def test_no_page_tells_a_visitor_or_a_delegate_a_figure_of_what_is_not_declared(
    club: Club, how: Callable[[Floor], Ballot]
) -> None:
    floor = floor_of(club)
    ballot = how(floor)
    for client, least in ((Client(), 5), (as_person(club.members[5]), 8)):
        pages = pages_of(floor, ballot, client)
        assert len(pages) >= least
        assert {address: found[0] for address, text in pages.items() if (found := FIGURES.search(text))} == {}
    assert not list(verify())


@pytest.mark.parametrize("how", [by_box, by_hands, by_recount])
def test_the_desk_reads_what_was_counted_and_everybody_does_once_it_is_declared(
    club: Club, how: Callable[[Floor], Ballot]
) -> None:
    floor = floor_of(club)
    ballot = how(floor)
    address = reverse("voting:ballot", args=[ballot.pk])
    for person in club.members[:2]:
        with at(14):
            assert "Adopted: 4 for, 2 against, 1 abstained." in as_person(person).get(address).content.decode()
    with at(15):
        declare_result(by=club.chair, result_id=ballot.results.latest("version").pk)
        assert "Adopted: 4 for, 2 against, 1 abstained." in Client().get(address).content.decode()
    assert "4 for" in sentence(Entry.objects.get(kind="result.declared"))


def test_who_counts_or_presides_reads_what_was_counted(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        form_organ(by=club.chair, meeting_id=floor.meeting.pk, kind="tellers", people=[club.members[5].pk])
    ballot = by_hands(floor)
    address = reverse("voting:ballot", args=[ballot.pk])
    floor.sitting.presidings.update(person=club.members[6])
    with at(14):
        for person, reads in ((club.members[5], True), (club.members[6], True), (club.members[4], False)):
            assert ("Adopted: 4 for" in as_person(person).get(address).content.decode()) is reads


def test_a_list_of_votes_has_no_result_that_is_not_declared(club: Club) -> None:
    floor = floor_of(club)
    ballot = by_box(floor)
    (brief,) = ballots_in_brief(PUBLIC, floor.meeting)
    assert (brief.state, brief.result) == ("closed", None)
    member = as_person(club.members[5])
    assert "Counted, not declared yet" in member.get(reverse("voting:ballot", args=[ballot.pk])).content.decode()
    assert named_votes(PUBLIC, ballot) is None


def test_names_that_the_rules_publish_wait_for_the_declaration_too(club: Club) -> None:
    rules(club, names_of_votes="public")
    ballot = by_box(floor_of(club))
    assert named_votes(PUBLIC, ballot) is None
    with at(15):
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    assert [vote.choice for vote in named_votes(PUBLIC, ballot) or []] == list(VOTES)


def test_the_entry_of_a_count_has_turnout_and_no_outcome(club: Club) -> None:
    by_box(floor_of(club))
    entry = Entry.objects.get(kind="ballot.closed")
    assert entry.facts["turnout"] == {"cast": 7, "entitled": 7}
    assert not {"counts", "carried", "needed", "base", "unanimous"} & set(entry.facts)
    assert "voting_result" in {table["table"] for table in entry.rows}
    exported = json.dumps(list(export_book(club.body.book, [Access.PUBLIC])))
    assert not re.search(r'"(counts|carried|unanimous)"', exported)


def test_an_entry_of_before_that_has_its_outcome_is_told_with_it(club: Club) -> None:
    ballot = by_box(floor_of(club))
    entry = Entry.objects.get(kind="ballot.closed")
    result = ballot.results.get()
    old = {name: value for name, value in entry.facts.items() if name != "turnout"} | outcome_facts(result)
    before = Entry(kind=entry.kind, actor_name=entry.actor_name, facts_text=json.dumps(old))
    assert sentence(before) == (
        "Ann Adler closed the ballot. Counted: Adopted: 4 for, 2 against, 1 abstained. "
        "4 were needed (over half of 6 valid votes)."
    )
