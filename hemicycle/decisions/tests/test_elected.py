"""From a certified election to its post: with one button those who were elected hold it, by that decision."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from hemicycle.bodies.acts import create_post
from hemicycle.bodies.models import Membership, PostKind
from hemicycle.bodies.rules import Elections
from hemicycle.decisions.acts import certify_decision
from hemicycle.decisions.models import Decision
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.motions.acts import call_election, nominate
from hemicycle.voting.tests.test_elections import stands, under, voted
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2026, 4, 1), date(2028, 4, 1)


def decided(club: Club, *, with_post: bool = True) -> Decision:
    """Elect two members and a stranger to the committee, with a post of the body or in words only."""
    floor = under(club, Elections(several="scottish-stv"))
    post = create_post(by=club.administrator, body_id=club.body.pk, kind=PostKind.AUDITOR, title="auditor", seats=3)
    with at(5):
        election = call_election(
            by=club.chair, item_id=floor.item.pk, seats=3, called="Auditors", starts=STARTS, ends=ENDS,
            post_id=post.pk if with_post else None,
        )  # fmt: skip
        for number in (3, 4, 5):
            nominate(by=club.chair, motion_id=election.motion_id, person_id=club.members[number].pk, accepted=True)
        nominate(by=club.chair, motion_id=election.motion_id, name="Sam Stranger", accepted=True)
    result = stands(floor, voted(floor, election, "1>2", "2>4", "4>1", "1>4", "2", "4"))
    with at(15):
        return certify_decision(by=club.chair, result_id=result.pk)


def test_the_elected_are_given_their_post_by_the_decision_that_elected_them(club: Club) -> None:
    decision = decided(club)
    desk, member = as_person(club.members[1]), as_person(club.members[6])
    page, act = (
        reverse(f"decisions:{name}", args=[club.body.slug, decision.number]) for name in ("decision", "give_elected")
    )
    with at(20):
        assert act in desk.get(page).content.decode()
        assert act not in member.get(page).content.decode()
        assert member.get(act).status_code == 404
        shown = desk.get(act).content.decode()
        assert "Sam Stranger" in shown
        assert 'value="2026-04-01"' in shown
        people = [club.members[3].pk, club.members[4].pk]
        sent = {"once": uuid4().hex, "people": people, "starts": STARTS.isoformat(), "ends": ENDS.isoformat()}
        # Who was not elected cannot be given it here.
        assert desk.post(act, {**sent, "people": [club.members[5].pk]}).status_code == 422
        assert desk.post(act, sent).status_code == 302
        assert act not in desk.get(page).content.decode()
        assert desk.get(act).status_code == 404
    held = Membership.objects.filter(post__title="auditor")
    assert {(one.person_id, one.starts, one.ends) for one in held} == {(person, STARTS, ENDS) for person in people}
    assert {one.decided_by for one in held} == {Entry.objects.get(kind="decision.certified")}
    assert verify() == []


def test_an_election_in_words_has_no_post_to_give(club: Club) -> None:
    decision = decided(club, with_post=False)
    desk = as_person(club.members[1])
    with at(20):
        assert desk.get(reverse("decisions:give_elected", args=[club.body.slug, decision.number])).status_code == 404
