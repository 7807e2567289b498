"""An item carried over has its number on the new agenda, the link to the old, and both pages say so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, carry_over_item, convene_meeting
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, Gathering, under_way

WEEK = timedelta(days=7)


def later(club: Club, **more: object) -> Meeting:
    return convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=DAY + WEEK,
        ends=DAY + WEEK,
        sittings=[(STARTS + WEEK, ENDS + WEEK)],
        **more,
    )


@pytest.fixture
def at_work(club: Club) -> Gathering:
    return under_way(club)


def test_an_item_carried_over_is_numbered_with_the_rest(club: Club, at_work: Gathering) -> None:
    meeting = later(club)
    boats = add_item(by=club.chair, meeting_id=meeting.pk, title="Boats")
    add_item(by=club.chair, meeting_id=meeting.pk, title="Oars", parent_id=boats.pk)
    version = Meeting.objects.get(pk=meeting.pk).agenda_version
    item = carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    assert (item.number, item.ordinal, item.carried_from_id) == ("2", 3, at_work.second.pk)
    assert Meeting.objects.get(pk=meeting.pk).agenda_version == version + 1
    assert sentence(Entry.objects.latest("pk")).endswith(f"item 2, was carried over to {meeting} as item 2.")


def test_who_writes_on_an_older_agenda_is_told_what_was_carried_there(club: Club, at_work: Gathering) -> None:
    meeting = later(club)
    add_item(by=club.chair, meeting_id=meeting.pk, title="Boats")
    seen = Meeting.objects.get(pk=meeting.pk).agenda_version
    carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    with pytest.raises(Refused) as refused:
        add_item(by=club.secretary, meeting_id=meeting.pk, title="Oars", seen=seen)
    assert refused.value.code == "agenda_changed"
    assert "was carried over to" in refused.value.sentence
    assert "Boats" not in refused.value.sentence


def test_an_item_that_stands_on_the_later_agenda_is_not_carried_there_twice(club: Club, at_work: Gathering) -> None:
    meeting = later(club)
    add_item(by=club.chair, meeting_id=meeting.pk, title=at_work.second.title)
    with pytest.raises(Refused) as refused:
        carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    assert refused.value.code == "item_added"


def test_both_pages_link_to_the_other_item(club: Club, at_work: Gathering) -> None:
    meeting = later(club)
    item = carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    page = "/en/bodies/general-meeting/terms/1/meetings"
    assert f'href="{page}/2/#item-{item.pk}"' in Client().get(f"{page}/1/").content.decode()
    assert f'href="{page}/1/#item-{at_work.second.pk}"' in Client().get(f"{page}/2/").content.decode()


def test_a_page_links_to_no_item_of_a_meeting_that_its_reader_may_not_see(club: Club, at_work: Gathering) -> None:
    meeting = later(club, access="body")
    carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    page = "/en/bodies/general-meeting/terms/1/meetings"
    told = Client().get(f"{page}/1/").content.decode()
    assert f"{page}/2/" not in told


def test_entries_made_before_items_had_numbers_are_still_told(club: Club, at_work: Gathering) -> None:
    meeting = later(club)
    carry_over_item(by=club.chair, item_id=at_work.second.pk, meeting_id=meeting.pk)
    entry = Entry.objects.latest("pk")
    entry.facts = {"title": "Fees", "from": 2, "to": 3, "meeting": "The next"}
    assert sentence(entry) == "“Fees”, item 2, was carried over to The next as item 3."
    taken_up = Entry.objects.filter(kind="item.taken_up").latest("pk")
    taken_up.facts = {"ordinal": 4, "title": "Fees", "sitting": 1}
    assert sentence(taken_up) == "The meeting took up item 4, “Fees”."


@pytest.mark.parametrize("over", [False, True])
def test_the_agenda_leads_to_carrying_over_what_was_not_dealt_with(
    club: Club, at_work: Gathering, *, over: bool
) -> None:
    if over:
        Meeting.objects.filter(pk=at_work.meeting.pk).update(closed=ENDS)
    desk = Client()
    account = Account.objects.get(person=club.members[1])
    desk.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = desk.get(reverse("meetings:agenda", args=[at_work.meeting.pk])).content.decode()
    address = reverse("meetings:carry_over_item", args=[at_work.second.pk])
    assert address in told
    meeting = later(club)
    assert desk.post(address, {"meeting": meeting.pk}).status_code == 302
    assert meeting.items.get().carried_from == at_work.second
    assert address not in desk.get(reverse("meetings:agenda", args=[at_work.meeting.pk])).content.decode()
