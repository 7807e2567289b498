"""Minutes: written from the book, edited by hand, circulated, corrected, and approved by a later meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.bodies.queries import actors_of
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Happened, Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    adopt_agenda,
    go_into_private,
    open_sitting,
    participants_came,
    strike_words,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import Meeting, Speech
from hemicycle.motions.acts import table_motion
from hemicycle.publishing.acts import (
    approve_minutes,
    circulate_minutes,
    decline_correction,
    draw_up_minutes,
    propose_correction,
    recall_minutes,
    reopen_minutes,
    revise_minutes,
    take_up_correction,
)
from hemicycle.publishing.communique import compose
from hemicycle.publishing.communique.blocks import plain_text, section_named
from hemicycle.publishing.minutes import compose_minutes, visible
from hemicycle.publishing.models import Minutes, MinutesApproval, MinutesCorrection
from hemicycle.publishing.queries.minutes import minutes_for, searchable_minutes, versions_for
from hemicycle.publishing.tests.debated import SECRET, closed, debated
from hemicycle.publishing.tests.minuted import (
    A_WEEK,
    UNTIL,
    circulated,
    drawn_up,
    latest,
    next_meeting,
    revised,
    text_of,
)
from hemicycle.publishing.tests.test_communique import hold_to_golden
from hemicycle.publishing.tests.world import both_days
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.tests.world import DAY, OPENING, at, cast

SUMMER = "item-3"
LATER = 4 * 24 * 60


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code


def member_of(club: Club, number: int) -> Viewer:
    return Viewer(person=club.members[number].pk, organisation=True, bodies=frozenset({club.body.book_id}))


def desk_of(club: Club) -> Viewer:
    book = frozenset({club.body.book_id})
    return Viewer(person=club.members[1].pk, organisation=True, bodies=book, desks=book)


def member(club: Club, number: int) -> Actor:
    return next(one for one in actors_of(club.members[number].pk, DAY) if one.capacity == "member")


def test_the_minutes_of_a_debate_word_for_word(club: Club) -> None:
    content = compose_minutes(closed(club), "en")
    hold_to_golden("minutes.txt", plain_text(visible(content, Access.BODY)))
    hold_to_golden("minutes_public.txt", plain_text(visible(content, Access.PUBLIC)))


def test_minutes_tell_votes_by_name_to_whom_the_rules_name(club: Club) -> None:
    content = compose_minutes(both_days(club), "en")
    (votes,) = (one for one in content["sections"] if one["heading"] == "Votes by name")
    assert votes["access"] == Access.BODY
    assert club.members[5].name in str(votes["blocks"])


def test_what_was_done_in_private_is_minuted_for_those_alone_who_may_know(club: Club) -> None:
    minutes = circulated(club)
    inner = minutes_for(member_of(club, 6), minutes.meeting).content
    guest = Viewer(person=club.outsider.pk, scopes=frozenset({f"meeting:{minutes.meeting_id}"}))
    outer = minutes_for(guest, minutes.meeting).content
    assert SECRET in plain_text(inner)
    assert SECRET not in plain_text(outer)
    assert "item-2-body" in {one["name"] for one in inner["sections"]}
    assert "-body" not in str([one["name"] for one in outer["sections"]])


def test_minutes_are_drawn_up_once_and_when_the_meeting_is_over(club: Club) -> None:
    meeting = debated(club)
    with at(200), refused("meeting_not_closed"):
        draw_up_minutes(by=club.secretary, meeting_id=meeting.pk)


def test_minutes_are_drawn_up_once(club: Club) -> None:
    minutes = drawn_up(club)
    assert (minutes.state, latest(minutes).number) == (Minutes.State.DRAFT, 1)
    entry = Entry.objects.get(kind="minutes.drawn_up")
    assert entry.access == Access.DESK
    assert sentence(entry).endswith("were drawn up from the book.")
    with at(LATER), refused("minutes_drawn_up"):
        draw_up_minutes(by=club.secretary, meeting_id=minutes.meeting_id)
    with at(LATER), refused("no_right"):
        draw_up_minutes(by=member(club, 4), meeting_id=minutes.meeting_id)


def test_a_draft_is_for_the_desk_alone(club: Club) -> None:
    minutes = drawn_up(club)
    assert versions_for(PUBLIC, minutes) == versions_for(member_of(club, 5), minutes) == []
    assert len(versions_for(desk_of(club), minutes)) == 1
    assert list(searchable_minutes([minutes.pk])) == []


def test_every_version_is_kept_and_none_changes(club: Club) -> None:
    minutes = drawn_up(club)
    with at(LATER):
        second = revised(club, minutes, SUMMER, "The races begin in June, weather allowing.", seen=1)
    assert (second.number, second.made_by) == (2, club.members[1].name)
    assert text_of(minutes.versions.get(number=1), SUMMER) != text_of(second, SUMMER)
    with pytest.raises(IntegrityError), transaction.atomic():
        minutes.versions.filter(number=1).update(note="x")
    assert verify() == []


def test_two_secretaries_do_not_overwrite_each_other(club: Club) -> None:
    minutes = drawn_up(club)
    with at(LATER):
        revised(club, minutes, SUMMER, "The races begin in June, weather allowing.", seen=1)
        with refused("minutes_changed") as caught:
            revised(club, minutes, SUMMER, "The races begin on a Sunday.", seen=1)
        assert "Nothing of yours was lost" in caught.value.sentence
        assert latest(minutes).number == 2
        with refused("nothing_changed"):
            revised(club, minutes, SUMMER, text_of(latest(minutes), SUMMER), seen=2)


def test_what_nobody_edited_is_written_anew_from_the_book(club: Club) -> None:
    minutes = drawn_up(club)
    meeting = minutes.meeting
    meeting.place = "Boat house"
    with at(LATER):
        revised(club, minutes, SUMMER, "By hand.", seen=1)
        meeting.purpose = "To speak of moorings."
        meeting.save()
        version = revise_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2, renew=True)
    assert "To speak of moorings." in text_of(version, "meeting")
    assert text_of(version, SUMMER) == "By hand."


def test_circulated_minutes_go_to_those_who_took_part(club: Club) -> None:
    minutes = circulated(club)
    guest = Viewer(person=club.outsider.pk, scopes=frozenset({f"meeting:{minutes.meeting_id}"}))
    for viewer, number in ((PUBLIC, 0), (Viewer(organisation=True), 0), (guest, 1), (member_of(club, 5), 1)):
        assert len(versions_for(viewer, minutes)) == number
    entry = Entry.objects.get(kind="minutes.circulated")
    assert entry.access == Access.PARTICIPANTS
    assert sentence(entry).endswith("corrections are taken until 13 April 2026.")
    with at(LATER), refused("no_reason"):
        revised(club, minutes, SUMMER, "By hand.", seen=1)
    with at(LATER):
        revised(club, minutes, SUMMER, "By hand.", seen=1, note="A slip")
    assert minutes_for(guest, minutes.meeting).version.number == 2
    with at(LATER), refused("minutes_circulated"):
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2)


def test_circulated_minutes_can_be_taken_back(club: Club) -> None:
    minutes = circulated(club)
    with at(LATER):
        with refused("no_reason"):
            recall_minutes(by=club.secretary, minutes_id=minutes.pk, because=" ")
        recall_minutes(by=club.secretary, minutes_id=minutes.pk, because="The wrong file.")
        with refused("minutes_not_circulated"):
            recall_minutes(by=club.secretary, minutes_id=minutes.pk, because="Again.")
    minutes.refresh_from_db()
    assert versions_for(member_of(club, 5), minutes) == []


def test_unanimity_is_not_minuted_over_votes_against(club: Club) -> None:
    minutes = drawn_up(club)
    with at(LATER):
        revised(club, minutes, "item-1", "“Cheaper moorings” was adopted unanimously.", seen=1)
        with refused("never_so") as caught:
            circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2, departs_because="I felt so.")
        assert "5 for, 1 against, 1 abstained" in caught.value.sentence


def test_minutes_that_contradict_the_book_say_why(club: Club) -> None:
    minutes = drawn_up(club)
    with at(LATER):
        revised(club, minutes, "item-1", "“Cheaper moorings” had 6 votes for it.", seen=1)
        with refused("contradicts_book"):
            circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2)
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2, departs_because="A hand was overlooked.")
    assert (latest(minutes).number, latest(minutes).departs_because) == (3, "A hand was overlooked.")


def test_a_sentence_from_a_private_part_is_not_minuted_in_public(club: Club) -> None:
    minutes = drawn_up(club)
    with at(LATER):
        revised(club, minutes, SUMMER, SECRET, seen=1)
        with refused("never_so"):
            circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2)


def proposed(club: Club, minutes: Minutes, seen: int = 1) -> MinutesCorrection:
    return propose_correction(
        by=member(club, 5),
        minutes_id=minutes.pk,
        seen=seen,
        section=SUMMER,
        text="The races begin in May.",
        reason="June is too late.",
    )


def test_a_correction_is_taken_up_into_a_new_version_that_goes_out(club: Club) -> None:
    minutes = circulated(club)
    with at(LATER):
        correction = proposed(club, minutes)
        version = take_up_correction(by=club.secretary, correction_id=correction.pk, seen=1)
        with refused("correction_answered"):
            decline_correction(by=club.secretary, correction_id=correction.pk, because="No.")
    assert text_of(version, SUMMER) == "The races begin in May."
    assert minutes_for(member_of(club, 6), minutes.meeting).version == version
    told = [sentence(one) for one in Entry.objects.filter(kind__startswith="correction.").order_by("number")]
    assert told[0].endswith("on “3 Next summer”: June is too late.")
    assert told[1].endswith("by Fay Fink, was taken up in version 2.")


def test_a_correction_is_declined_for_a_reason(club: Club) -> None:
    minutes = circulated(club)
    with at(LATER):
        correction = proposed(club, minutes)
        with refused("no_reason"):
            decline_correction(by=club.secretary, correction_id=correction.pk, because="")
        decline_correction(by=club.secretary, correction_id=correction.pk, because="It was June.")
    correction.refresh_from_db()
    assert (correction.state, correction.answer) == ("declined", "It was June.")


def test_corrections_are_proposed_in_time_on_what_there_is_and_with_a_reason(club: Club) -> None:
    minutes = circulated(club)
    asked = {"by": member(club, 5), "minutes_id": minutes.pk, "seen": 1, "section": SUMMER, "text": "x", "reason": "y"}
    for wrong, code in (
        ({"section": "nowhere"}, "no_such_section"),
        ({"reason": " "}, "no_reason"),
        ({"text": text_of(latest(minutes), SUMMER)}, "nothing_changed"),
        ({"seen": 7}, "minutes_changed"),
    ):
        with at(LATER), refused(code):
            propose_correction(**{**asked, **wrong})
    with at(25 * 24 * 60), refused("corrections_over"):
        propose_correction(**asked)
    assert UNTIL.day == 13


def test_a_later_meeting_approves_and_the_version_stands(club: Club) -> None:
    minutes = circulated(club)
    meeting = next_meeting(club)
    with at(A_WEEK + 5):
        with refused("not_a_later_meeting"):
            approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=1, meeting_id=minutes.meeting_id)
        approval = approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=1, meeting_id=meeting.pk)
    assert (approval.how, approval.access) == (MinutesApproval.How.UNOPPOSED, Access.BODY)
    entry = Entry.objects.get(kind="minutes.approved")
    assert {f"meeting:{meeting.pk}", f"meeting:{minutes.meeting_id}"} <= set(entry.subjects)
    with at(A_WEEK + 6), refused("minutes_approved"):
        revised(club, minutes, SUMMER, "By hand.", seen=1)
    (found,) = searchable_minutes([minutes.pk])
    assert found.access == Access.BODY
    assert "Moorings" in found.text
    assert verify() == []


def test_no_meeting_approved_what_went_out_on_a_later_day(club: Club) -> None:
    minutes, meeting = circulated(club), next_meeting(club)
    then = Happened("moment", OPENING + timedelta(minutes=A_WEEK + 5), reason="Kept on paper.")
    asked = {"by": club.chair, "minutes_id": minutes.pk, "meeting_id": meeting.pk, "happened": then}
    with at(A_WEEK + 2 * 24 * 60):
        revised(club, minutes, SUMMER, "By hand.", seen=1, note="A slip")
        with refused("circulated_later") as caught:
            approve_minutes(**asked, seen=2)
        assert "Version 2 went out later than that" in caught.value.sentence
    assert not MinutesApproval.objects.exists()


def test_minutes_are_approved_by_a_vote_that_carried(club: Club) -> None:
    minutes, meeting = circulated(club), next_meeting(club)
    with at(A_WEEK + 5):
        item = add_item(by=club.chair, meeting_id=meeting.pk, title="Minutes")
        adopt_agenda(by=club.chair, meeting_id=meeting.pk)
        take_up_item(by=club.chair, item_id=item.pk)
        motion = table_motion(
            by=club.chair, item_id=item.pk, title="The minutes", kind="motion", points=[("Yes.", False)]
        )
        ballot = open_ballot(by=club.chair, motion_id=motion.pk)
        cast(ballot, *["for"] * 6, "against")
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        result = ballot.results.get()
        asked = {"by": club.chair, "minutes_id": minutes.pk, "seen": 1, "meeting_id": meeting.pk}
        with refused("not_carried"):
            approve_minutes(**asked, result_id=result.pk)
        declare_result(by=club.chair, result_id=result.pk)
        certify_result(by=club.chair, result_id=result.pk)
        approval = approve_minutes(**asked, result_id=result.pk)
    assert (approval.how, approval.result) == (MinutesApproval.How.VOTE, result)
    assert "by a vote" in sentence(Entry.objects.get(kind="minutes.approved"))


def test_minutes_are_approved_when_corrections_are_answered_and_somebody_could_object(club: Club) -> None:
    minutes, meeting = circulated(club), next_meeting(club)
    asked = {"by": club.chair, "minutes_id": minutes.pk, "seen": 1, "meeting_id": meeting.pk}
    with at(LATER):
        correction = proposed(club, minutes)
    with at(A_WEEK + 5):
        with refused("corrections_open"):
            approve_minutes(**asked)
        decline_correction(by=club.secretary, correction_id=correction.pk, because="It was June.")
        meeting.sittings.get().presidings.update(ends=meeting.sittings.get().opened)
        with refused("no_open_sitting"):
            approve_minutes(**asked)


def test_approved_minutes_are_opened_again_and_the_approved_version_stays(club: Club) -> None:
    minutes, meeting = circulated(club), next_meeting(club)
    with at(A_WEEK + 5):
        approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=1, meeting_id=meeting.pk)
        reopen_minutes(by=club.secretary, minutes_id=minutes.pk, because="A name was misspelt.")
        revised(club, minutes, SUMMER, "By hand.", seen=1)
    shown = minutes_for(member_of(club, 5), minutes.meeting)
    assert (shown.version.number, shown.state) == (1, Minutes.State.APPROVED)
    with at(A_WEEK + 6):
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2)
        approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=2, meeting_id=meeting.pk)
    minutes.refresh_from_db()
    assert [one.version.number for one in versions_for(member_of(club, 5), minutes)] == [2, 1]


def test_what_was_approved_is_found_until_something_else_is(club: Club) -> None:
    minutes, meeting = circulated(club), next_meeting(club)
    with at(A_WEEK + 5):
        approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=1, meeting_id=meeting.pk)
        reopen_minutes(by=club.secretary, minutes_id=minutes.pk, because="A name was misspelt.")
        revised(club, minutes, SUMMER, "By hand.", seen=1)
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=2)
    (found,) = searchable_minutes([minutes.pk])
    assert (found.access, found.address.endswith("/minutes/1/")) == (Access.BODY, True)
    with at(A_WEEK + 6):
        approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=2, meeting_id=meeting.pk)
    (found,) = searchable_minutes([minutes.pk])
    assert "By hand." in found.text


def test_words_struck_in_private_are_told_to_nobody(club: Club) -> None:
    meeting = debated(club)
    speech = Speech.objects.get(speaker=club.members[3])
    sitting = meeting.sittings.get(ordinal=2)
    with at(24 * 60):
        rows = [row.pk for row in accredit_members(by=club.secretary, sitting_id=sitting.pk) if row.votes]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=rows[:6])
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
        open_sitting(by=club.chair, sitting_id=sitting.pk)
        assert club.members[3].name in told_of_moorings(meeting)
        go_into_private(by=club.chair, sitting_id=sitting.pk, because="it is about a person")
        strike_words(by=club.secretary, meeting_id=meeting.pk, noun="speech", key=speech.pk, because="Somebody else.")
    assert Entry.objects.get(kind="words.struck").access == Access.BODY
    assert club.members[3].name not in told_of_moorings(meeting)


def told_of_moorings(meeting: Meeting) -> str:
    """Return what everybody is told of the first item."""
    section = section_named(compose(meeting, "en", Access.PUBLIC), "item-1")
    return str(section["blocks"]) if section else ""
