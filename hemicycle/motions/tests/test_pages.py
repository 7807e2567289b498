"""The pages of motions: read by whoever sees their item, tabled by members, revised by the desk."""

import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemicycle.accounts.models import Account, Person
from hemicycle.demo.club import Club
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.tests.world import under_way
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion, MotionPoint
from hemicycle.motions.queries import latest_version

POINTS = [("The roof is repaired.", True), ("Thanks are given.", False)]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def typed(points: list[tuple[str, bool]], **more: str) -> dict[str, str]:
    said = {"points-TOTAL_FORMS": str(len(points)), "points-INITIAL_FORMS": "0", "once": secrets.token_hex(8)}
    for number, (text, operational) in enumerate(points):
        said[f"points-{number}-text"] = text
        if operational:
            said[f"points-{number}-operational"] = "on"
    return said | more


def tabled(club: Club) -> Motion:
    return table_motion(by=club.chair, item_id=under_way(club).first.pk, title="The roof", points=POINTS)


def test_a_member_tables_a_motion_by_form(club: Club) -> None:
    item = under_way(club).first
    member, address = signed_in(club.members[4]), reverse("motions:table", args=[item.pk])
    assert member.get(address).status_code == 200
    sent = typed([*POINTS, ("", False)], kind="draft resolution", title="The roof")
    answer = member.post(address, sent)
    assert answer.status_code == 302
    motion = Motion.objects.get()
    assert motion.mover_person == club.members[4]
    assert [(one.text, one.operational) for one in latest_version(motion).points.all()] == POINTS


def test_a_motion_that_says_nothing_comes_back_with_what_was_typed(club: Club) -> None:
    item = under_way(club).first
    desk, address = signed_in(club.members[1]), reverse("motions:table", args=[item.pk])
    answer = desk.post(address, typed([(" ", True)], kind="motion", title="The roof", mover="the Board"))
    assert answer.status_code == 422
    assert b"needs a text" in answer.content
    assert b'value="the Board"' in answer.content
    without = desk.post(address, {"kind": "motion", "title": "The roof", "once": "abc"})
    assert without.status_code == 422
    assert not Motion.objects.exists()


def test_the_desk_revises_and_withdraws_and_every_version_can_be_read(club: Club) -> None:
    motion = tabled(club)
    desk = signed_in(club.members[1])
    revise = reverse("motions:revise", args=[motion.pk])
    assert b"The roof is repaired." in desk.get(revise).content
    from_the_page = desk.get(revise).content.decode()
    assert 'name="points-INITIAL_FORMS" value="2"' in from_the_page
    assert desk.post(revise, typed(POINTS) | {"points-INITIAL_FORMS": "2"}).status_code == 422
    same = desk.post(revise, typed(POINTS))
    assert same.status_code == 422
    assert b"no version was made" in same.content
    assert desk.post(revise, typed([("The roof is renewed.", True)])).status_code == 302
    text = Client().get(reverse("motions:motion", args=[motion.pk])).content.decode()
    assert text.index("Version 2") < text.index("The roof is renewed.") < text.index("Version 1")
    assert "The roof is repaired." in text
    withdraw = reverse("motions:withdraw", args=[motion.pk])
    assert desk.get(withdraw).status_code == 200
    assert desk.post(withdraw, {"because": "Done already.", "once": "w1"}).status_code == 302
    late = desk.post(revise, typed([("The roof is gilded.", True)]))
    assert late.status_code == 409
    assert b"The roof is gilded." in late.content
    assert MotionPoint.objects.count() == 3


def test_a_motion_put_to_the_vote_is_not_revised(club: Club) -> None:
    motion = tabled(club)
    Motion.objects.update(state="voting")
    desk = signed_in(club.members[1])
    answer = desk.post(reverse("motions:revise", args=[motion.pk]), typed([("Other.", True)]))
    assert answer.status_code == 409
    assert b"put to the vote" in answer.content
    assert b"Revise" not in desk.get(reverse("motions:motion", args=[motion.pk])).content


def test_a_motion_on_a_closed_item_has_no_page_for_others(club: Club) -> None:
    motion = tabled(club)
    AgendaItem.objects.update(access="body")
    address = reverse("motions:motion", args=[motion.pk])
    assert Client().get(address).status_code == 404
    assert signed_in(club.outsider).get(address).status_code == 404
    assert signed_in(club.members[4]).get(address).status_code == 200


@pytest.mark.parametrize("name", ["motion", "revise", "withdraw"])
def test_the_pages_keep_to_their_budget_of_queries(club: Club, name: str) -> None:
    address = reverse(f"motions:{name}", args=[tabled(club).pk])
    desk = signed_in(club.members[1])
    desk.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    assert len(asked) <= 12
