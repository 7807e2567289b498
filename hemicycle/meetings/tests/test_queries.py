"""What a viewer may not see of a meeting does not exist for them."""

import pytest
from django.http import Http404

from hemicycle.accounts.access import PUBLIC
from hemicycle.demo.club import MONDAY, Club
from hemicycle.meetings.acts import (
    Accredit,
    accredit_participants,
    add_item,
    convene_meeting,
    hear_report,
)
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import (
    item_for,
    items_for,
    meeting_for,
    meetings_of,
    next_ordinal,
    participation_of,
    participations_for,
    reports_for,
    searchable_documents,
    searchable_items,
    searchable_meetings,
    searchable_reports,
    sitting_for,
    viewer_of,
)
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, under_way


def closed_meeting(club: Club, access: str = "participants") -> Meeting:
    return convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)], access=access
    )


def seen(person: object) -> object:
    return viewer_of(person.pk, None, MONDAY.date())


def test_a_meeting_is_found_by_its_address_and_by_its_key(club: Club) -> None:
    meeting = under_way(club).meeting
    assert meeting_for(PUBLIC, slug="general-meeting", term=1, ordinal=1) == meeting
    assert meeting_for(PUBLIC, meeting.pk) == meeting
    for address in ({"slug": "general-meeting", "term": 1, "ordinal": 2}, {"slug": "x", "term": 1, "ordinal": 1}):
        with pytest.raises(Http404):
            meeting_for(PUBLIC, **address)
    with pytest.raises(Http404):
        meeting_for(PUBLIC, 999_999)
    assert next_ordinal(club.term) == 2


def test_a_closed_meeting_is_found_by_its_body_and_participants_only(club: Club) -> None:
    meeting = closed_meeting(club)
    sitting = meeting.sittings.get()
    assert meeting_for(seen(club.members[4]), meeting.pk) == meeting
    for viewer in (PUBLIC, seen(club.outsider)):
        assert not meetings_of(viewer, club.body).exists()
        with pytest.raises(Http404):
            meeting_for(viewer, meeting.pk)
        with pytest.raises(Http404):
            sitting_for(viewer, sitting.pk)
    accredit_participants(by=club.chair, sitting_id=sitting.pk, people=[Accredit(club.outsider.pk, "observer")])
    assert meeting_for(seen(club.outsider), meeting.pk) == meeting
    assert list(meetings_of(seen(club.outsider), club.body)) == [meeting]


def test_a_closed_item_its_reports_and_what_search_has_of_it_stay_closed(club: Club) -> None:
    gathering = under_way(club)
    meeting = closed_meeting(club, "public")
    item = add_item(by=club.chair, meeting_id=meeting.pk, title="A grievance", access="body")
    report = hear_report(
        by=club.chair, item_id=item.pk, reporter_id=club.members[2].pk, title="On it", form="written", text="So it is."
    )
    member = seen(club.members[4])
    assert list(items_for(member, meeting)) == [item]
    assert list(reports_for(member, meeting)) == [report]
    assert not items_for(PUBLIC, meeting).exists()
    assert not reports_for(PUBLIC, meeting).exists()
    with pytest.raises(Http404):
        item_for(PUBLIC, item.pk)
    assert {one.access for one in searchable_items([item.pk])} == {"body"}
    assert {one.access for one in searchable_reports([report.pk])} == {"body"}
    [found] = searchable_meetings([gathering.meeting.pk])
    assert (found.noun, found.address, found.day) == ("meeting", "/bodies/general-meeting/terms/1/meetings/1/", DAY)
    assert not list(searchable_documents([999_999]))


def test_names_of_those_accredited_are_for_those_who_take_part(club: Club) -> None:
    sitting = under_way(club).sitting
    assert not participations_for(PUBLIC, sitting).exists()
    assert participations_for(seen(club.members[4]), sitting).count() == 10
    assert participation_of(club.members[4].pk, sitting).capacity == "member"
    assert participation_of(club.outsider.pk, sitting) is None
    assert participation_of(None, sitting) is None
