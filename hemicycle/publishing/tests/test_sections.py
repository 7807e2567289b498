"""What voting, decisions and publishing show on the pages of bodies, units, meetings and ballots."""

import json

from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.decisions.tests.world import decided
from hemicycle.demo.club import Club
from hemicycle.languages.acts import choose_languages
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.communique import compose
from hemicycle.publishing.minutes import compose_minutes
from hemicycle.publishing.tests.world import first_day, published
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, certified, floor_of


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_meeting_shows_its_votes_decisions_and_publications(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        published(club, meeting)
        text = text_of(Client(), "meetings:meeting", "general-meeting", 1, 1)
        assert "and publish it" in text_of(as_person(club.members[1]), "meetings:meeting", "general-meeting", 1, 1)
    for said in ("8 for, 0 against, 0 abstained", "Decision 1", "First Sitting of the First Enlarged Plenary"):
        assert said in text
    assert "and publish it" not in text


def test_the_pages_of_a_body_and_a_unit_show_decisions_publications_and_tasks(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        published(club, meeting)
        body = text_of(Client(), "bodies:body", "general-meeting")
        unit = text_of(Client(), "bodies:unit", "harbour")
    assert "Repair of the roof" in body
    assert "First Sitting of the First Enlarged Plenary" in body
    assert "Have the roof repaired by a roofer." in unit


def test_what_is_closed_stands_on_no_page_for_others(club: Club) -> None:
    decided(floor_of(club, item_access=Access.BODY))
    for name, args in (("meetings:meeting", ("general-meeting", 1, 1)), ("bodies:body", ("general-meeting",))):
        assert "Repair of the roof" not in text_of(Client(), name, *args)
        assert "Repair of the roof" in text_of(as_person(club.members[6]), name, *args)


def test_a_certified_ballot_leads_to_its_decision(club: Club) -> None:
    result = certified(floor_of(club), *["for"] * 7)
    chair = as_person(club.members[0])
    with at(20):
        assert "Certify the decision" in text_of(chair, "voting:ballot", result.ballot_id)
        assert "Certify the decision" not in text_of(as_person(club.members[6]), "voting:ballot", result.ballot_id)
        chair.post(reverse("decisions:certify", args=[result.ballot_id]), {"once": "a"})
        text = text_of(Client(), "voting:ballot", result.ballot_id)
    assert reverse("decisions:decision", args=["general-meeting", 1]) in text


def test_where_a_body_works_in_two_languages_a_text_says_which_words_are_authentic(club: Club) -> None:
    meeting = first_day(club)
    said = "This text is written in English. Of what was put to the vote"
    assert said not in json.dumps(compose(meeting, "en", Access.PUBLIC))
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    told = json.dumps(compose(Meeting.objects.get(pk=meeting.pk), "en", Access.PUBLIC))
    assert said in told
    assert "English, Portuguese" in told
    assert said in json.dumps(compose_minutes(Meeting.objects.get(pk=meeting.pk), "en"))
