"""Between meetings a question goes round among the members until a day, unless they demand to meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.rules import PRESETS
from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import convene_meeting
from hemicycle.meetings.tests.world import signed_in
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, demand_meeting, open_circulation
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.models import Ballot
from hemicycle.voting.tests.world import cast

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNTIL = date(2026, 3, 12)
AFTER = datetime(2026, 3, 13, 9, tzinfo=UTC)


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> str:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before
    return refusal.value.sentence


POINTS = {
    "points-TOTAL_FORMS": "2",
    "points-INITIAL_FORMS": "0",
    "points-0-text": "One.",
    "points-0-operational": "on",
    "points-1-text": "Two.",
}


def circulated(club: Club, until: date = UNTIL) -> Ballot:
    return open_circulation(
        by=club.chair, body_id=club.body.pk, title="A new boat", points=[("The boat is bought.", False)], until=until
    )


def test_a_question_goes_round_is_answered_and_becomes_a_decision(club: Club) -> None:
    refused("circulation_too_short", lambda: circulated(club, date(2026, 3, 8)))
    ballot = circulated(club)
    assert told("circulation.opened") == (
        "“A new boat” was put to all members by circulation, to be answered until 12 March 2026."
    )
    assert ballot.entitled.count() == 9
    cast(ballot, *["for"] * 5, "against")
    with clock_at(MARCH + timedelta(days=1)):
        assert "12 March" not in refused("circulation_runs", lambda: close_ballot(by=club.chair, ballot_id=ballot.pk))
    with clock_at(AFTER):
        voter = ballot.entitled.order_by("number")[7]
        assert commit([Slip(ballot.pk, voter.pk, "for", "late")])[0].code == "ballot_closed"
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        result = ballot.results.get()
        assert result.carried
        declare_result(by=club.chair, result_id=result.pk)
        certify_result(by=club.chair, result_id=result.pk)
        decision = certify_decision(by=club.chair, result_id=result.pk)
    assert decision.title == "A new boat"
    assert not list(verify())


def test_votes_come_into_its_box_while_it_goes_round(club: Club) -> None:
    ballot = circulated(club)
    voter = ballot.entitled.order_by("number")[0]
    assert commit([Slip(ballot.pk, voter.pk, "for", "r")])[0].code == "counted"


def test_too_few_answers_carry_nothing(club: Club) -> None:
    ballot = circulated(club)
    cast(ballot, *["for"] * 4)
    with clock_at(AFTER):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        result = ballot.results.get()
        declare_result(by=club.chair, result_id=result.pk)
    assert (result.votes_for, result.carried) == (4, False)
    assert "Too few answered: 5 were needed for a quorum." in told("result.declared")


def test_enough_members_who_demand_a_meeting_stop_it(club: Club) -> None:
    rules = replace(PRESETS["association"], circulation_demand=2)
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=rules, in_force_from=date(2026, 2, 1))
    ballot = circulated(club)
    demand_meeting(by=club.chair, ballot_id=ballot.pk, person_id=club.members[3].pk)
    assert told("meeting.demanded") == "Dov Dahl demanded a meeting on “A new boat”; 1 of 2 needed have."
    refused(
        "meeting_demanded", lambda: demand_meeting(by=club.chair, ballot_id=ballot.pk, person_id=club.members[3].pk)
    )
    refused("not_entitled", lambda: demand_meeting(by=club.chair, ballot_id=ballot.pk, person_id=club.outsider.pk))
    demand_meeting(by=club.chair, ballot_id=ballot.pk, person_id=club.members[4].pk)
    assert told("meeting.demanded").endswith("That is enough: the circulation is stopped.")
    ballot.refresh_from_db()
    assert ballot.void_reason == "2 members demand a meeting"
    refused("ballot_closed", lambda: demand_meeting(by=club.chair, ballot_id=ballot.pk, person_id=club.members[5].pk))
    assert not list(verify())


def test_a_body_whose_rules_allow_none_convenes_a_meeting(club: Club) -> None:
    rules = replace(PRESETS["association"], circulation_allowed=False)
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=rules, in_force_from=date(2026, 2, 1))
    assert refused("no_circulation", lambda: circulated(club)).endswith("Convene a meeting.")


def test_a_circulation_takes_no_number_from_the_meetings(club: Club) -> None:
    circulated(club)
    day = date(2026, 4, 7)
    start = datetime(2026, 4, 7, 9, tzinfo=UTC)
    meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=day, ends=day, sittings=[(start, start + timedelta(hours=2))]
    )
    assert (meeting.ordinal, meeting.previous) == (1, None)


def test_members_answer_on_the_page_and_others_find_none(club: Club) -> None:
    ballot = circulated(club)
    address = f"/en/ballots/{ballot.pk}/"
    text = signed_in(club.members[4]).get(address).content.decode()
    assert "It goes round among all members" in text
    assert 'name="card"' in text
    assert signed_in(club.outsider).get(address).status_code == 404
    assert "A new boat" in signed_in(club.members[4]).get(f"/en/bodies/{club.body.slug}/").content.decode()
    chair = signed_in(club.members[0])
    form = {"title": "Another", **POINTS, "until": "2026-03-20", "once": "c1", "as": "chair"}
    assert chair.post(f"/en/bodies/{club.body.slug}/circulate/", form).status_code == 302
    asked = Ballot.objects.latest("pk").version.points.order_by("ordinal")
    assert [(point.text, point.operational) for point in asked] == [("One.", True), ("Two.", False)]
    member = signed_in(club.members[5])
    sent = member.post(f"{address}demand-meeting/", {"person": "Fay Fink", "once": "d1"})
    assert sent.status_code == 302
    assert "This ballot counts for nothing: 1 member demands a meeting" in chair.get(address).content.decode()
