"""The pages before a meeting: agenda, plan, summons, receipts. Who comes second loses nothing of what they typed."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import found_body
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import add_item, cancel_meeting, convene_meeting, move_meeting, summon
from hemicycle.meetings.mail import catch_up
from hemicycle.meetings.models import Meeting, Receipt, Referral
from hemicycle.meetings.receipts import receipt_key
from hemicycle.meetings.tests.world import signed_in, under_way

HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(club: Club) -> Iterator[Meeting]:
    """A meeting on 24 March with two items, to which everybody was called."""
    start = datetime(2026, 3, 24, 9, tzinfo=UTC)
    made = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=start.date(),
        ends=start.date(),
        sittings=[(start, start + HOUR), (start + 3 * HOUR, start + 4 * HOUR)],
    )
    for title in ("Boats", "Fees"):
        add_item(by=club.chair, meeting_id=made.pk, title=title)
    Person.objects.filter(pk=club.members[3].pk).update(email="")
    summon(by=club.secretary, meeting_id=made.pk, text="You are called.")
    made.refresh_from_db()
    return made


def get(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"meetings:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, name: str, *args: object, status: int = 302, **typed: object) -> str:
    answer = client.post(reverse(f"meetings:{name}", args=args), {"once": f"{name}{Entry.objects.count()}", **typed})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def stands(meeting: Meeting) -> list[str]:
    return [f"{item.called} {item.title}" for item in meeting.items.order_by("ordinal")]


def test_the_agenda_is_made_by_forms(desk: Client, meeting: Meeting) -> None:
    boats, fees = meeting.items.order_by("ordinal")
    seen = meeting.agenda_version
    page = get(desk, "agenda", meeting.pk)
    assert f'name="seen" value="{seen}"' in page
    assert "Move item 2 up" in page
    send(desk, "move_item", fees.pk, parent="", at=1, seen=seen)
    send(desk, "add_item", meeting.pk, title="Adults", access="public", parent=fees.pk, at="", seen=seen + 1)
    send(desk, "change_item", boats.pk, title="Oars", referred_by="the crew", seen=seen + 2)
    assert stands(meeting) == ["1 Fees", "1.1 Adults", "2 Oars"]
    send(desk, "withdraw_item", fees.pk, because="Later.", seen=seen + 3)
    assert stands(meeting) == ["1 Oars"]
    assert "referred by the crew" in get(desk, "agenda", meeting.pk)


def test_who_comes_second_is_told_what_the_other_did_and_keeps_what_they_typed(
    club: Club, desk: Client, meeting: Meeting
) -> None:
    chair, seen = signed_in(club.members[0]), meeting.agenda_version
    boats = meeting.items.get(title="Boats")
    send(chair, "change_item", boats.pk, title="Boats and oars", referred_by="", seen=seen)
    page = send(desk, "change_item", boats.pk, status=409, title="Sailing boats", referred_by="", seen=seen)
    assert "Item 1, “Boats”, is now called “Boats and oars”. (Ann Adler, President)" in page
    assert 'value="Sailing boats"' in page
    assert f'name="seen" value="{seen + 1}"' in page
    assert [item.title for item in meeting.items.order_by("ordinal")] == ["Boats and oars", "Fees"]
    send(desk, "change_item", boats.pk, title="Sailing boats", referred_by="", seen=seen + 1)
    send(desk, "add_item", meeting.pk, title="Late", access="public", seen="?", status=409)
    assert stands(meeting) == ["1 Sailing boats", "2 Fees"]


def test_an_adopted_agenda_asks_for_the_vote(club: Club, desk: Client) -> None:
    meeting = under_way(club).meeting
    typed = {"title": "Elections", "access": "public", "seen": meeting.agenda_version}
    page = send(desk, "add_item", meeting.pk, status=409, **typed)
    assert "is not changed silently" in page
    assert 'value="Elections"' in page
    page = send(desk, "add_item", meeting.pk, status=409, **typed, votes_for=4, against=5, abstained=0)
    assert "The rules ask for 6 votes" in page
    send(desk, "add_item", meeting.pk, **typed, votes_for=7, against=1, abstained=1)
    assert stands(meeting)[-1] == "3 Elections"
    assert "The meeting votes on every change." in get(desk, "agenda", meeting.pk)


def test_what_another_body_refers_waits_at_the_agenda(club: Club, desk: Client, meeting: Meeting) -> None:
    board = found_body(
        by=club.administrator, unit_id=club.local.pk, name="Harbour Board", kind="board", time_zone="UTC"
    )
    made = [
        Referral.objects.create(body=board, to=club.body, title=title, referred=meeting.convened)
        for title in ("Moorings", "Flags")
    ]
    assert "Moorings" in get(desk, "agenda", meeting.pk)
    send(desk, "accept_referral", meeting.pk, referral=made[0].pk, parent="", at=1, seen=meeting.agenda_version)
    assert stands(meeting)[0] == "1 Moorings"
    assert "Say why" not in get(desk, "decline_referral", made[1].pk)
    send(desk, "decline_referral", made[1].pk, because="Not ours.")
    assert "Moorings" not in get(desk, "agenda", meeting.pk).partition("Items")[0]
    get(signed_in(club.members[4]), "decline_referral", made[1].pk, status=404)
    boats = meeting.items.get(title="Boats")
    send(desk, "refer_item", boats.pk, to=board.pk, title="Boats", note="Look at the quay.")
    send(desk, "refer", "general-meeting", to=board.pk, title="Fog horns", note="")
    assert list(board.referrals_received.values_list("title", flat=True)) == ["Boats", "Fog horns"]


def test_the_plan_is_changed_by_forms(desk: Client, meeting: Meeting) -> None:
    first, second = meeting.sittings.order_by("ordinal")
    page = send(
        desk, "plan_sitting", meeting.pk, status=422, day="2026-03-26", opens="09:00", closes="10:00", because=""
    )
    assert "A sitting lies within its meeting, from 24 March 2026 to 24 March 2026." in page
    assert 'value="2026-03-26"' in page
    send(desk, "plan_sitting", meeting.pk, day="2026-03-26", opens="09:00", closes="10:00", lengthen="on")
    send(desk, "move_sitting", first.pk, day="2026-03-24", opens="08:00", closes="09:00", because="Early birds.")
    send(desk, "drop_sitting", second.pk, because="No time.")
    assert "26 March 2026, 09:00" in get(desk, "plan", meeting.pk)
    assert meeting.sittings.count() == 2


def test_a_moved_and_a_cancelled_meeting_leave_their_page(club: Club, desk: Client, meeting: Meeting) -> None:
    send(desk, "move", meeting.pk, starts="2026-03-31", place="Town hall", because="The harbour floods.")
    address = reverse("meetings:meeting", args=["general-meeting", 1, 1])
    page = Client().get(address).content.decode()
    assert "This meeting was moved" in page
    assert re.search(r"<del><time[^>]*>24 March 2026</time></del> → <time[^>]*>31 March 2026</time>", page)
    assert "The harbour floods." in page
    start = datetime(2026, 4, 14, 9, tzinfo=UTC)
    other = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=start.date(),
        ends=start.date(),
        sittings=[(start, start + HOUR)],
        title="The April meeting",
    )
    send(desk, "cancel", meeting.pk, because="Too few can come.", instead=other.pk)
    page = Client().get(address).content.decode()
    assert "This meeting is not held" in page
    assert "It was cancelled: Too few can come." in page
    assert reverse("meetings:meeting", args=["general-meeting", 1, 2]) in page


def test_what_is_held_instead_is_told_to_those_alone_who_may_know_of_it(club: Club, meeting: Meeting) -> None:
    start = datetime(2026, 4, 14, 9, tzinfo=UTC)
    closed = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=start.date(),
        ends=start.date(),
        sittings=[(start, start + HOUR)],
        title="Behind doors",
        access="body",
    )
    cancel_meeting(by=club.chair, meeting_id=meeting.pk, because="Too few can come.", instead_id=closed.pk)
    address = reverse("meetings:meeting", args=["general-meeting", 1, 1])
    assert "Behind doors" not in Client().get(address).content.decode()
    assert "Behind doors" in signed_in(club.members[4]).get(address).content.decode()
    assert "14 April" not in str(Entry.objects.get(kind="meeting.cancelled").facts)


def test_looking_at_the_link_enters_nothing_and_the_button_does(club: Club, meeting: Meeting) -> None:
    catch_up()
    [letter] = [message for message in mail.outbox if message.to == ["cleo@club.example"]]
    (link,) = re.findall(r"http://\S+(/en/summons/\S+/)", letter.body)
    before = Entry.objects.count()
    page = Client().get(link)
    assert "I received it" in page.content.decode()
    assert Entry.objects.count() == before
    answer = Client().post(link, {"once": "r1"})
    assert "It stands in the book that Cleo Costa received summons 1." in answer.content.decode()
    entry = Entry.objects.get(kind="summons.received")
    assert (entry.actor_name, entry.actor_capacity, entry.access) == ("Cleo Costa", "member", "body")
    assert Client().post(link, {"once": "r2"}).status_code == 200
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("key", ["nonsense", "WzEsMV0:x", "WzEsMV0:" + "y" * 43])
def test_a_link_that_this_house_did_not_sign_leads_nowhere(meeting: Meeting, key: str) -> None:
    for answer in (Client().get(f"/en/summons/{key}/"), Client().post(f"/en/summons/{key}/")):
        assert answer.status_code == 404


def test_who_left_the_body_confirms_nothing(club: Club, meeting: Meeting) -> None:
    link = reverse("meetings:receive", args=[receipt_key(meeting.summonses.get().pk, club.outsider.pk)])
    assert Client().post(link, {"once": "r1"}).status_code == 403
    assert not Receipt.objects.exists()


def test_the_desk_sees_who_has_received_the_summons_and_enters_it(club: Club, desk: Client, meeting: Meeting) -> None:
    catch_up()
    page = get(desk, "summons", meeting.pk)
    assert "1 person has no address for mail and gets a letter." in page
    assert "by mail" in page
    summons = meeting.summonses.get()
    send(desk, "received", summons.pk, person=club.members[3].pk)
    assert "entered here" in get(desk, "summons", meeting.pk)
    send(desk, "received", summons.pk, status=422, person="9" * 30)
    get(signed_in(club.members[4]), "summons", meeting.pk, status=404)


def test_everybody_can_take_the_sittings_along(club: Club, meeting: Meeting) -> None:
    add_item(by=club.chair, meeting_id=meeting.pk, title="Staff", access="body")
    address = reverse("meetings:calendar", args=[meeting.pk])
    public, member = Client().get(address), signed_in(club.members[4]).get(address)
    assert public.headers["Content-Type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(public.content.decode())
    assert (read.method.value, len(read.vevent_list)) == ("PUBLISH", 2)
    assert "Staff" not in public.content.decode()
    assert "Staff" in member.content.decode()
    move_meeting(by=club.chair, meeting_id=meeting.pk, starts=date(2026, 4, 1), place="", because="The storm.")
    moved = vobject.readOne(Client().get(address).content.decode())
    assert [one.uid.value for one in moved.vevent_list] == [one.uid.value for one in read.vevent_list]
    assert {one.sequence.value for one in moved.vevent_list} == {"2"}


@pytest.mark.parametrize(("name", "most"), [("agenda", 12), ("plan", 12), ("summons", 15)])
def test_the_pages_of_the_desk_ask_little_of_the_database(
    desk: Client, meeting: Meeting, name: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        get(desk, name, meeting.pk)


def test_the_tools_of_the_desk_are_there_for_nobody_else(club: Club, meeting: Meeting) -> None:
    for client in (Client(), signed_in(club.members[4])):
        for name in ("agenda", "plan", "summons"):
            get(client, name, meeting.pk, status=404)
