"""What was done by mistake is undone by an act of its own, with a reason; what was said stays in the book."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    adopt_agenda,
    close_sitting,
    draw_conclusion,
    form_organ,
    give_speech,
    hear_report,
    open_sitting,
    participants_came,
    put_back_item,
    reopen_agenda,
    report_of_organ,
    settle_item,
    strike_words,
    take_chair,
    take_up_item,
    undo_opening,
)
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting, Struck
from hemicycle.meetings.queries import reports_for
from hemicycle.meetings.queries.debate import debate_for
from hemicycle.meetings.queries.searchable import searchable_reports
from hemicycle.meetings.tests.world import STARTS, Gathering, convened, signed_in, under_way
from hemicycle.publishing.communique.gathered import told as told_of


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before


def test_an_agenda_is_open_again_as_long_as_nothing_was_dealt_with(club: Club) -> None:
    gathering = convened(club)
    chair, meeting = club.chair, gathering.meeting
    refused("no_reason", lambda: reopen_agenda(by=chair, meeting_id=meeting.pk, because=" "))
    reopen_agenda(by=chair, meeting_id=meeting.pk, because="An item was forgotten.")
    assert told("agenda.reopened") == "The adoption of the agenda was taken back: An item was forgotten."
    refused("agenda_not_adopted", lambda: reopen_agenda(by=chair, meeting_id=meeting.pk, because="Again."))
    seen = meeting.agenda_version
    with pytest.raises(Refused, match="The adoption of the agenda was taken back"):
        add_item(by=club.secretary, meeting_id=meeting.pk, title="Late", seen=seen)
    add_item(by=chair, meeting_id=meeting.pk, title="The forgotten item")
    adopt_agenda(by=chair, meeting_id=meeting.pk)
    assert Meeting.objects.get(pk=meeting.pk).agenda_adopted
    assert not list(verify())


def test_an_agenda_of_which_something_was_taken_up_stands(club: Club) -> None:
    gathering = under_way(club)
    refused("agenda_begun", lambda: reopen_agenda(by=club.chair, meeting_id=gathering.meeting.pk, because="Wrong."))


def test_an_item_taken_up_by_mistake_is_put_back(club: Club) -> None:
    gathering = under_way(club)
    chair = club.chair
    refused("item_not_current", lambda: put_back_item(by=chair, item_id=gathering.second.pk, because="Wrong."))
    refused("no_reason", lambda: put_back_item(by=chair, item_id=gathering.first.pk, because=""))
    put_back_item(by=chair, item_id=gathering.first.pk, because="Item 2 comes first today.")
    assert told("item.put_back") == (
        "Item 1, “The boathouse”, was taken up by mistake and put back: Item 2 comes first today."
    )
    assert AgendaItem.objects.get(pk=gathering.first.pk).state == AgendaItem.State.PENDING
    assert Sitting.objects.get(pk=gathering.sitting.pk).current_item is None
    take_up_item(by=chair, item_id=gathering.second.pk)
    assert not list(verify())


def test_an_item_on_which_something_was_said_is_not_put_back(club: Club) -> None:
    gathering = under_way(club)
    give_speech(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[2].pk)
    refused("item_dealt_with", lambda: put_back_item(by=club.chair, item_id=gathering.first.pk, because="Wrong."))


def test_the_opening_of_a_sitting_is_undone_while_nothing_was_dealt_with(club: Club) -> None:
    gathering = convened(club)
    chair, sitting = club.chair, gathering.sitting
    refused("sitting_not_open", lambda: undo_opening(by=chair, sitting_id=sitting.pk, because="Too early."))
    open_sitting(by=chair, sitting_id=sitting.pk)
    undo_opening(by=chair, sitting_id=sitting.pk, because="An hour too early.")
    assert told("sitting.opening_undone") == (
        "Sitting 1 was opened by mistake; the opening was undone: An hour too early."
    )
    sitting.refresh_from_db()
    assert (sitting.opened, sitting.suspension) == (None, None)
    assert not list(verify())
    open_sitting(by=chair, sitting_id=sitting.pk)
    sitting.refresh_from_db()
    assert sitting.opened
    assert not list(verify())


def test_a_sitting_that_dealt_with_something_is_closed_and_not_undone(club: Club) -> None:
    gathering = under_way(club)
    sitting = gathering.sitting
    refused("sitting_began", lambda: undo_opening(by=club.chair, sitting_id=sitting.pk, because="Wrong."))
    settle_item(by=club.chair, item_id=gathering.first.pk)
    refused("sitting_began", lambda: undo_opening(by=club.chair, sitting_id=sitting.pk, because="Wrong."))
    with clock_at(STARTS + timedelta(hours=1)):
        close_sitting(by=club.chair, sitting_id=sitting.pk)
    refused("sitting_closed", lambda: undo_opening(by=club.chair, sitting_id=sitting.pk, because="Wrong."))


def test_a_sitting_that_voted_on_its_agenda_is_closed_and_not_undone(club: Club) -> None:
    gathering = convened(club)
    chair, sitting = club.chair, gathering.sitting
    open_sitting(by=chair, sitting_id=sitting.pk)
    accredit_members(by=chair, sitting_id=sitting.pk)
    there = list(sitting.participations.filter(votes=True).values_list("pk", flat=True))
    participants_came(by=chair, sitting_id=sitting.pk, participations=there)
    take_chair(by=chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    add_item(by=chair, meeting_id=gathering.meeting.pk, title="The storm", vote=Vote(len(there), 0, 0))
    refused("sitting_began", lambda: undo_opening(by=chair, sitting_id=sitting.pk, because="Wrong."))


def struck(gathering: Gathering, by: Actor, noun: str, key: int, because: str = "It was another day.") -> Struck:
    return strike_words(by=by, meeting_id=gathering.meeting.pk, noun=noun, key=key, because=because)


def all_said(gathering: Gathering, club: Club) -> dict[str, int]:
    """Enter one of each kind of words that can be struck."""
    chair, item = club.chair, gathering.first.pk
    organ = form_organ(
        by=chair, meeting_id=gathering.meeting.pk, kind="drafting", people=[club.members[3].pk], name="Drafters"
    )
    return {
        "report": hear_report(by=chair, item_id=item, reporter_id=club.members[2].pk, title="The lock", text="T").pk,
        "speech": give_speech(by=chair, item_id=item, speaker_id=club.members[2].pk, text="I saw it leak.").pk,
        "conclusion": draw_conclusion(
            by=chair, item_id=item, drawn_by_id=club.members[0].pk, text="It is mended first."
        ).pk,
        "organ_report": report_of_organ(by=chair, organ_id=organ.pk, text="A draft is ready.").pk,
    }


def test_words_entered_in_error_are_struck_everywhere_and_stay_in_the_book(club: Club) -> None:
    gathering = under_way(club)
    said = all_said(gathering, club)
    for noun, key in said.items():
        refused("no_reason", partial(struck, gathering, club.chair, noun, key, " "))
        struck(gathering, club.chair, noun, key)
        refused("struck_already", partial(struck, gathering, club.chair, noun, key))
    assert Struck.objects.count() == 4
    assert not reports_for(PUBLIC, gathering.meeting).exists()
    items, organs = debate_for(PUBLIC, gathering.meeting)
    assert items == []
    assert [organ.reports for organ in organs] == [[]]
    assert list(searchable_reports([said["report"]])) == []
    book = told_of(gathering.meeting, Access.PUBLIC)
    assert book.of("report.heard", "speech.given", "conclusion.drawn", "organ.reported") == []
    assert Entry.objects.filter(kind="report.heard").count() == 1
    sentences = [sentence(entry) for entry in Entry.objects.filter(kind="words.struck").order_by("number")]
    assert sentences == [
        "Struck, as entered in error: the report “The lock” by Cleo Costa. It was another day.",
        "Struck, as entered in error: the speech of Cleo Costa on “The boathouse”. It was another day.",
        "Struck, as entered in error: the conclusion of Ann Adler on “The boathouse”. It was another day.",
        "Struck, as entered in error: the report of Drafters. It was another day.",
    ]
    assert not list(verify())


def test_what_was_struck_is_entered_anew_word_for_word(club: Club) -> None:
    gathering = under_way(club)
    said = all_said(gathering, club)
    struck(gathering, club.chair, "report", said["report"])
    hear_report(by=club.chair, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="The lock", text="T")
    assert reports_for(PUBLIC, gathering.meeting).count() == 1


def test_the_desk_undoes_by_its_pages(club: Club) -> None:
    gathering = under_way(club)
    said = all_said(gathering, club)
    desk = signed_in(club.members[1])
    strike = reverse("meetings:strike", args=[gathering.meeting.pk])
    page = desk.get(strike).content.decode()
    assert f'value="report:{said["report"]}"' in page
    assert "I saw it leak." in page
    sent = {"words": f"report:{said['report']}", "because": "The wrong item.", "as": "secretary", "once": "a"}
    assert desk.post(strike, sent).status_code == 302
    assert f'value="{sent["words"]}"' not in desk.get(strike).content.decode()
    assert desk.post(strike, {**sent, "once": "b"}).status_code == 422
    for name, key in (
        ("put_back_item", gathering.first.pk),
        ("undo_opening", gathering.sitting.pk),
        ("reopen_agenda", gathering.meeting.pk),
    ):
        address = reverse(f"meetings:{name}", args=[key])
        assert desk.get(address).status_code == 200
        assert desk.post(address, {"because": "Wrong.", "as": "secretary", "once": name}).status_code == 409
    member = signed_in(club.members[5])
    assert member.get(strike).status_code in {403, 404}
    assert member.post(strike, sent).status_code in {403, 404}


def test_only_the_desk_of_the_body_undoes(club: Club) -> None:
    gathering = under_way(club)
    member = Actor("Eva Egger", "member", "member", "General Meeting", club.body.book_id, club.members[4].pk)
    with pytest.raises(Refused) as refusal:
        put_back_item(by=member, item_id=gathering.first.pk, because="Wrong.")
    assert refusal.value.code == "no_right"
    assert AgendaItem.objects.get(pk=gathering.first.pk).state == AgendaItem.State.CURRENT
