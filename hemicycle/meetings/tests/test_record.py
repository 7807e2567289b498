"""The record on a meeting's page follows the sitting: the same as on the page, for strangers at next to no cost."""

import re
from datetime import timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import close_meeting, close_sitting, hear_report, open_sitting, take_chair
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way

PAGE = "/en/bodies/general-meeting/terms/1/meetings/1/"


def on_the_page(client: Client) -> str:
    text = client.get(PAGE).content.decode()
    inside = re.search(r'<div id="record"[^>]*>(.*)</div>\s*</div>\s*</main>', text, re.DOTALL)
    assert inside
    return inside[1].strip()


STATE = re.compile(r'<span id="meeting-state" hx-swap-oob="true">(.*)</span>', re.DOTALL)


def alone(client: Client) -> str:
    return STATE.sub("", client.get(f"{PAGE}record/").content.decode()).strip()


def reported(club: Club, gathering: Gathering) -> None:
    hear_report(
        by=club.chair,
        item_id=gathering.first.pk,
        reporter_id=club.members[2].pk,
        title="State of the boathouse",
        text="It leaks.",
    )


def test_the_record_alone_is_what_the_page_shows_of_it(club: Club) -> None:
    under_way(club)
    for client in (Client(), signed_in(club.outsider), signed_in(club.members[0])):
        assert alone(client) == on_the_page(client)
        assert "<html" not in alone(client)


def test_the_record_tells_what_happened_since_the_page_was_opened(club: Club) -> None:
    gathering = under_way(club)
    assert "State of the boathouse" not in alone(Client())
    reported(club, gathering)
    assert "State of the boathouse" in alone(Client())


def test_where_the_meeting_stands_follows_with_its_record(club: Club) -> None:
    def told() -> tuple[str, str]:
        whole, part = Client().get(PAGE).content.decode(), Client().get(f"{PAGE}record/").content.decode()
        above = re.search(r'<span id="meeting-state">(.*?)</span>\s*</p>', whole, re.DOTALL)
        beside = STATE.search(part)
        assert above
        assert beside
        return above[1].strip(), beside[1].strip()

    gathering = convened(club)
    assert "Agenda adopted" in told()[0]
    open_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    assert all("Suspended" in one for one in told())
    take_chair(by=club.chair, sitting_id=gathering.sitting.pk, person_id=club.members[0].pk, basis="office")
    assert all("Sitting now" in one for one in told())
    with clock_at(MONDAY + timedelta(hours=1)):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        assert all("Under way" in one for one in told())
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
        assert all("Closed" in one for one in told())


def test_a_page_asks_for_its_record_when_its_stream_tells_something(club: Club) -> None:
    under_way(club)
    asks = rf'hx-get="{PAGE}record/" hx-trigger="htmx:sseMessage from:body delay:\d+ms"'
    assert re.search(asks, Client().get(PAGE).content.decode())


def test_for_a_crowd_of_strangers_the_record_is_written_once(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    gathering = under_way(club)
    reported(club, gathering)
    first = alone(Client())
    with django_assert_max_num_queries(1):
        assert alone(Client()) == first


def test_what_strangers_may_not_see_is_not_kept_for_them(club: Club) -> None:
    gathering = under_way(club)
    gathering.meeting.items.update(access="participants")
    insider = signed_in(club.members[0])
    assert gathering.first.title in alone(insider)
    assert gathering.first.title not in alone(Client())
    Meeting.objects.update(access="participants")
    assert Client().get(f"{PAGE}record/").status_code == 404
