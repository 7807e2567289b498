"""The press edits before it publishes; what contradicts the book is named, and “unanimous” is no matter of taste."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import settle_item, take_up_item
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.acts import publish_communique
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.communique.blocks import plain_text
from hemicycle.publishing.communique.written import as_text
from hemicycle.publishing.drafting import draft_version, drafted, keep_draft
from hemicycle.publishing.models import PressDraft, Publication
from hemicycle.publishing.tests.test_pages import HERE, LATER, get, seen_in
from hemicycle.publishing.tests.world import both_days, first_day
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at

RACES = "item-2"


def write(meeting: Meeting, text: str, section: str = RACES, seen: int | None = None) -> PressDraft:
    texts = {one["name"]: as_text(one["blocks"]) for one in drafted(meeting, "en", Access.PUBLIC)["sections"]}
    begun = draft_version(meeting, "en", Access.PUBLIC) if seen is None else seen
    return keep_draft(
        meeting=meeting, language="en", access="public", seen=begun, texts=texts | {section: text}, name="Ben Bloom"
    )


def publish(club: Club, meeting: Meeting, **more: str) -> Publication:
    seen = digest_of(drafted(meeting, "en", Access.PUBLIC))
    return publish_communique(by=club.secretary, meeting_id=meeting.pk, seen=seen, **more)


def test_the_press_publishes_what_it_wrote_and_the_rest_as_the_book_tells_it(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        draft = write(meeting, "The races were spoken of at length.")
        assert list(draft.texts) == [RACES]
        made = publish(club, meeting)
    told = {one["name"]: as_text(one["blocks"]) for one in made.content["sections"]}
    drawn = {one["name"]: as_text(one["blocks"]) for one in compose(meeting, "en", "public")["sections"]}
    assert told.pop(RACES) == "The races were spoken of at length."
    assert told == {name: text for name, text in drawn.items() if name != RACES}
    assert not PressDraft.objects.exists()
    assert verify() == []


def test_unanimity_over_votes_against_is_refused_whatever_the_reason(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        write(meeting, "“A second day of races” was adopted unanimously.")
        with pytest.raises(Refused) as refused:
            publish(club, meeting, departs_because="The mood was good.")
        assert refused.value.code == "never_so"
        assert "2 for, 3 against, 1 abstained" in refused.value.sentence
        assert not Publication.objects.exists()
        assert PressDraft.objects.exists()


def test_abstentions_leave_it_unanimous_where_the_rules_say_so(club: Club) -> None:
    from hemicycle.publishing.checking import vote_of

    facts = {
        "counts": {"for": 5, "against": 0, "abstained": 2},
        "motion": "A longer pier",
        "carried": True,
        "unanimous": False,
    }
    assert vote_of(facts, abstaining=True).unanimous
    assert not vote_of(facts, abstaining=False).unanimous
    assert not vote_of(facts | {"counts": {"for": 5, "against": 1, "abstained": 0}}, abstaining=True).unanimous


def test_a_contradiction_is_mended_or_explained_and_the_reason_is_published(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        write(meeting, "“A second day of races” had 4 votes for it.")
        with pytest.raises(Refused) as refused:
            publish(club, meeting)
        assert (refused.value.code, refused.value.field) == ("contradicts_book", "departs_because")
        assert "the book counts 2 for" in refused.value.sentence
        made = publish(club, meeting, departs_because="Two more wrote to us.")
    assert "It departs from the book: Two more wrote to us." in get(Client(), "publishing:publication", *HERE, 1)
    assert made.departs_because == "Two more wrote to us."


def test_a_correction_begins_with_what_the_press_wrote_before(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        write(meeting, "The races were spoken of.")
        publish(club, meeting)
        write(meeting, "They met at the quay.", "presiding")
        made = publish(club, meeting, correction_reason="The place.")
    told = {one["name"]: as_text(one["blocks"]) for one in made.content["sections"]}
    assert (told[RACES], told["presiding"]) == ("The races were spoken of.", "They met at the quay.")


def test_what_is_not_open_to_the_readers_is_not_written_into_the_text(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        write(meeting, "They also dealt with A matter of staff.")
        with pytest.raises(Refused) as refused:
            publish(club, meeting, departs_because="It is known anyway.")
    assert refused.value.code == "never_so"


def form_of(text: str) -> dict[str, str]:
    """Return what a browser would send of the form on a page."""
    areas = re.findall(r'<textarea name="(text_[^"]+)"[^>]*>\s*(.*?)</textarea>', text, re.DOTALL)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    assert seen
    return {**{name: unescape(text) for name, text in areas}, "seen": seen[1], "access": "public", "language": "en"}


def test_the_text_is_edited_flagged_and_published_on_the_pages(club: Club) -> None:
    both_days(club)
    press, address = as_person(club.members[1]), reverse("publishing:edit_communique", args=HERE)
    with clock_at(LATER):
        assert "Edit the text" in get(press, "publishing:preview", *HERE)
        sent = form_of(get(press, "publishing:edit_communique", *HERE, access="public", language="en"))
        answer = press.post(address, sent | {f"text_{RACES}": "Zoe Zorn presided over the races."})
        assert answer.status_code == 302
        page = press.get(answer.headers["Location"]).content.decode()
        assert "“Zoe Zorn” presided over nothing by the book." in page
        asked = {"seen": seen_in(page), "access": "public", "language": "en"}
        refused = press.post(reverse("publishing:preview", args=HERE), asked)
        assert refused.status_code == 422
        assert "presided over nothing" in refused.content.decode()
        press.post(reverse("publishing:preview", args=HERE), asked | {"departs_because": "She led the debate."})
    assert "Zoe Zorn presided over the races." in get(Client(), "publishing:publication", *HERE, 1)


def test_two_persons_at_the_press_desk_lose_nothing(club: Club) -> None:
    both_days(club)
    press, address = as_person(club.members[1]), reverse("publishing:edit_communique", args=HERE)
    with clock_at(LATER):
        sent = form_of(get(press, "publishing:edit_communique", *HERE))
        press.post(address, sent | {f"text_{RACES}": "One text."})
        answer = press.post(address, sent | {f"text_{RACES}": "Another text.", "text_agenda": "1. Boats"})
        text = answer.content.decode()
        assert answer.status_code == 409
        for said in ("One text.", "Another text.", "1. Boats", "saved this text since you began"):
            assert said in text
        again = form_of(text) | {f"text_{RACES}": "Both texts."}
        assert press.post(address, again).status_code == 302
        assert PressDraft.objects.get().texts == {RACES: "Both texts.", "agenda": "1. Boats"}
        press.post(address, form_of(get(press, "publishing:edit_communique", *HERE)) | {"anew": "1"})
        assert PressDraft.objects.get().texts == {}


def as_a_browser(text: str) -> dict[str, str]:
    """Return what a browser sends of the form on a page: its texts, and how they were shown."""
    hidden = re.findall(r'<input type="hidden" name="(initial-text_[^"]+)" value="([^"]*)"', text)
    sent = form_of(text) | {name: unescape(value) for name, value in hidden}
    assert len(hidden) > 3
    return {name: value.replace("\n", "\r\n") for name, value in sent.items()}


def test_what_the_press_left_follows_the_book_that_grew_while_it_wrote(club: Club) -> None:
    meeting = first_day(club)
    press, address = as_person(club.members[1]), reverse("publishing:edit_communique", args=HERE)
    with at(50):
        sent = as_a_browser(get(press, "publishing:edit_communique", *HERE))
    with at(51):
        regatta = meeting.items.get(ordinal=2).pk
        take_up_item(by=club.chair, item_id=regatta)
        settle_item(by=club.chair, item_id=regatta, outcome="There is driftwood on the course.")
    with at(52):
        assert press.post(address, sent | {"text_presiding": "Ann led us."}).status_code == 302
        assert PressDraft.objects.get().texts == {"presiding": "Ann led us."}
        told = plain_text(drafted(meeting, "en", Access.PUBLIC))
        assert "There is driftwood on the course." in told
        sent = as_a_browser(get(press, "publishing:edit_communique", *HERE))
        press.post(address, sent | {"text_meeting": "We met."})
    assert PressDraft.objects.get().texts == {"presiding": "Ann led us.", "meeting": "We met."}


def test_the_text_is_edited_by_the_press_alone(club: Club) -> None:
    both_days(club)
    get(as_person(club.members[5]), "publishing:edit_communique", *HERE, status=404)
    press = as_person(club.members[1])
    get(press, "publishing:edit_communique", *HERE, status=404, access="martians")
    with clock_at(LATER):
        address = reverse("publishing:edit_communique", args=HERE)
        for seen, answered in (("", 422), ("x", 422), ("-3", 422), ("9" * 40, 409)):
            answer = press.post(address, {"seen": seen, "access": "public", "language": "en"})
            assert answer.status_code == answered
