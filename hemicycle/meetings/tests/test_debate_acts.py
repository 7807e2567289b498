"""The debate on an item: speeches, its end, conclusions; items opened again and carried over; committees."""

from datetime import UTC, datetime, timedelta

from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    carry_over_item,
    close_debate,
    close_meeting,
    close_sitting,
    convene_meeting,
    draw_conclusion,
    form_organ,
    give_speech,
    reopen_debate,
    reopen_item,
    report_of_organ,
    settle_item,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Organ
from hemicycle.meetings.tests.test_floor_acts import refused, told
from hemicycle.meetings.tests.world import DAY, under_way

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_an_item_settled_too_early_is_opened_again_and_one_left_is_carried_over(club: Club) -> None:
    gathering = under_way(club)
    with clock_at(NOON):
        refused("item_not_settled", lambda: reopen_item(by=club.chair, item_id=gathering.second.pk, because="x"))
        settle_item(by=club.chair, item_id=gathering.first.pk)
        reopen_item(by=club.chair, item_id=gathering.first.pk, because="a point was left")
        assert told("item.reopened") == "Item 1, “The boathouse”, was opened again: a point was left"
        take_up_item(by=club.chair, item_id=gathering.first.pk)
        later = DAY + timedelta(days=30)
        start = datetime(later.year, later.month, later.day, 9, tzinfo=UTC)
        meeting = convene_meeting(
            by=club.chair, body_id=club.body.pk, starts=later, ends=later,
            sittings=[(start, start + timedelta(hours=2))],
        )  # fmt: skip
        refused(
            "item_current",
            lambda: carry_over_item(by=club.chair, item_id=gathering.first.pk, meeting_id=meeting.pk),
        )
        refused(
            "not_a_later_meeting",
            lambda: carry_over_item(by=club.chair, item_id=gathering.second.pk, meeting_id=gathering.meeting.pk),
        )
        carried = carry_over_item(by=club.chair, item_id=gathering.second.pk, meeting_id=meeting.pk)
        assert (carried.title, carried.carried_from) == ("Fees", gathering.second)
        assert AgendaItem.objects.get(pk=gathering.second.pk).state == "carried"
        refused(
            "item_not_open",
            lambda: carry_over_item(by=club.chair, item_id=gathering.second.pk, meeting_id=meeting.pk),
        )


def test_speeches_are_given_until_the_debate_is_closed_and_conclusions_drawn(club: Club) -> None:
    gathering = under_way(club)
    item, speaker = gathering.first.pk, club.members[2].pk
    give_speech(by=club.chair, item_id=item, speaker_id=speaker)
    assert told("speech.given") == "Cleo Costa spoke on item 1."
    refused("no_text", lambda: give_speech(by=club.chair, item_id=item, speaker_id=speaker, form="written"))
    give_speech(by=club.chair, item_id=item, speaker_id=speaker, form="written", text="Keep it.")
    refused(
        "speech_given",
        lambda: give_speech(by=club.chair, item_id=item, speaker_id=speaker, form="written", text="Keep it."),
    )
    refused("item_not_current", lambda: give_speech(by=club.chair, item_id=gathering.second.pk, speaker_id=speaker))
    close_debate(by=club.chair, item_id=item, only_list=True)
    close_debate(by=club.chair, item_id=item)
    refused("debate_closed", lambda: close_debate(by=club.chair, item_id=item))
    refused("debate_closed", lambda: give_speech(by=club.chair, item_id=item, speaker_id=speaker))
    reopen_debate(by=club.chair, item_id=item, because="a question came up")
    give_speech(by=club.chair, item_id=item, speaker_id=speaker)
    draw_conclusion(by=club.chair, item_id=item, drawn_by_id=club.members[0].pk, text="The roof comes first.")
    assert told("conclusion.drawn") == "Ann Adler concluded on item 1: The roof comes first."
    refused(
        "conclusion_drawn",
        lambda: draw_conclusion(
            by=club.chair, item_id=item, drawn_by_id=club.members[0].pk, text="The roof comes first."
        ),
    )
    assert not list(verify())


def test_a_committee_of_the_meeting_reports_back_and_ends_with_it(club: Club) -> None:
    gathering = under_way(club)
    people = [club.members[2].pk, club.members[3].pk]
    refused(
        "nobody_named", lambda: form_organ(by=club.chair, meeting_id=gathering.meeting.pk, kind="tellers", people=[])
    )
    organ = form_organ(by=club.chair, meeting_id=gathering.meeting.pk, kind="tellers", people=people)
    assert told("organ.formed") == "Tellers was formed: Cleo Costa and Dov Dahl."
    refused(
        "organ_formed",
        lambda: form_organ(by=club.chair, meeting_id=gathering.meeting.pk, kind="tellers", people=people),
    )
    report_of_organ(by=club.chair, organ_id=organ.pk, text="All is counted.")
    assert told("organ.reported") == "Tellers reported: All is counted."
    with clock_at(NOON):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
    assert Organ.objects.get().ended == NOON
    refused("meeting_closed", lambda: report_of_organ(by=club.chair, organ_id=organ.pk, text="More."))
