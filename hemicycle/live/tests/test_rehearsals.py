"""Rehearsals: everything goes as in a meeting, every page says what it is, and nothing is decided or told outside."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import NewUnit, found_body, found_units
from hemicycle.decisions.acts import draw_up_account
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.languages.acts import choose_languages, translate
from hemicycle.live.hall import hall_key
from hemicycle.live.queries import Desk, desk_of, now
from hemicycle.live.rules import Step, next_step
from hemicycle.meetings.acts import (
    accept_referral,
    add_item,
    carry_over_item,
    close_meeting,
    close_sitting,
    convene_meeting,
    refer_item,
    settle_item,
)
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.packs.sheets import rehearsal_mark
from hemicycle.meetings.queries import meeting_address, searchable_items, searchable_meetings, viewer_of
from hemicycle.motions.acts import table_amendment
from hemicycle.motions.models import Motion
from hemicycle.motions.queries import searchable_motions
from hemicycle.publishing.acts import draw_up_minutes, publish_communique
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.models import Result
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, OPENING, Floor, at, cast, counted, floor_of

pytestmark = pytest.mark.django_db

MARK, SCREEN_MARK = 'class="rehearsal"', "screen__practice"
OF_THE_MEETING = re.compile(
    r'href="(/en/(?:bodies/[^"]*/meetings/|meetings/|sittings/|items/|motions/|ballots/)[^"#]*)'
)
FILES = (".ics", ".pdf", ".json", ".csv")


def convened(club: Club, *, rehearsal: bool) -> Meeting:
    hours = [(OPENING, OPENING.replace(hour=12))]
    return convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=hours, rehearsal=rehearsal
    )


def declared(club: Club) -> tuple[Floor, Result]:
    floor = floor_of(club, rehearsal=True)
    result = counted(floor, *["for"] * 7).results.get()
    with at(13):
        return floor, declare_result(by=club.chair, result_id=result.pk)


def desk_now(club: Club) -> Desk:
    meeting = Meeting.objects.get()
    return desk_of(meeting, now(meeting, viewer_of(club.members[0].pk, None, DAY)))


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


def test_a_rehearsal_takes_no_number_and_no_audience_from_a_meeting(club: Club) -> None:
    first = convened(club, rehearsal=True)
    again = convened(club, rehearsal=True)
    meeting = convened(club, rehearsal=False)
    assert (first.number, again.number, meeting.number, meeting.ordinal) == (1, 2, 1, 1)
    assert meeting.previous is None
    assert (first.access, meeting.access) == (Access.PARTICIPANTS, Access.PUBLIC)
    entry = Entry.objects.filter(kind="meeting.convened").order_by("number").first()
    assert entry
    assert entry.facts["rehearsal"] is True
    assert sentence(entry).startswith("Rehearsal: General Meeting was called to practise, time 1 of term 1")
    assert str(first) == "Rehearsal: General Meeting, 1"
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=first.pk).update(access=Access.PUBLIC)


def test_what_a_rehearsal_votes_is_declared_and_never_certified_or_told(club: Club) -> None:
    floor, result = declared(club)
    meeting = floor.meeting
    with at(14):
        with pytest.raises(Refused) as refusal:
            certify_result(by=club.chair, result_id=result.pk)
        assert code_of(refusal) == "rehearsal"
        assert Motion.objects.get().state == Motion.State.TABLED
        # The desk goes on: nothing waits for a certificate, and the motion is not asked for again.
        desk = desk_now(club)
        assert (desk.ballot, desk.motion) == (None, None)
        assert next_step(desk.state) == Step.SETTLE_ITEM
        settle_item(by=club.chair, item_id=floor.item.pk)
        close_sitting(by=club.chair, sitting_id=floor.sitting.pk)
        close_meeting(by=club.chair, meeting_id=meeting.pk)
        for refused in (
            lambda: publish_communique(by=club.secretary, meeting_id=meeting.pk, seen=""),
            lambda: draw_up_minutes(by=club.secretary, meeting_id=meeting.pk),
        ):
            with pytest.raises(Refused) as refusal:
                refused()
            assert code_of(refusal) == "rehearsal"
        assert next_step(desk_now(club).state) == Step.NOTHING
        secretary = as_person(club.members[1])
        for name in ("protocol", "box_file"):
            assert secretary.get(reverse(f"voting:{name}", args=[result.ballot_id])).status_code == 404
    entries = Entry.objects.filter(scope=f"meeting:{meeting.pk}")
    assert entries.count() > 10
    assert all(sentence(entry).startswith("Rehearsal: ") for entry in entries)
    assert not entries.filter(access__in=[Access.PUBLIC, Access.ORGANISATION]).exists()
    assert not list(searchable_meetings([meeting.pk]))
    assert not list(searchable_items([floor.item.pk]))
    assert not list(searchable_motions([floor.motion.pk]))
    assert verify() == []


def test_a_text_put_into_another_language_in_a_rehearsal_says_so(club: Club) -> None:
    floor = floor_of(club, rehearsal=True)
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    texts = {"title": "A casa do porto"}
    translate(by=club.secretary, noun="agendaitem", key=floor.item.pk, language="pt", texts=texts)
    entry = Entry.objects.get(kind="text.translated")
    assert sentence(entry).startswith("Rehearsal: ")


def test_a_rehearsed_amendment_does_not_hold_up_its_motion(club: Club) -> None:
    floor = floor_of(club, rehearsal=True)
    with at(5):
        one = table_amendment(
            by=club.chair, motion_id=floor.motion.pk, mover="Ann Adler", target="point", point=1, text="It is sold."
        )
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, amendment_id=one.pk)
        cast(ballot, *["for"] * 7)
    with at(6):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=floor.motion.pk)
        assert code_of(refusal) in {"amendments_open", "motion_not_tabled"}
    with at(7):
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    with at(8):
        assert next_step(desk_now(club).state) == Step.OPEN_BALLOT
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert floor.motion.versions.get().points.filter(text__startswith="The roof").exists()


def test_nothing_goes_from_a_rehearsal_into_a_meeting_or_back(club: Club) -> None:
    rehearsed = convened(club, rehearsal=True)
    meeting = convened(club, rehearsal=False)
    item = add_item(by=club.chair, meeting_id=rehearsed.pk, title="The jetty")
    unit = found_units(by=club.administrator, units=[NewUnit("Pier", "local", club.unit.pk)])[0]
    board = found_body(by=club.administrator, unit_id=unit.pk, name="Board", kind="board", time_zone="Europe/Berlin")
    of_the_board = Actor("Zoe", "chair", "chair", "Board", board.book_id)
    waiting = refer_item(by=of_the_board, body_id=board.pk, to_id=club.body.pk, title="The pier")
    for refused in (
        lambda: carry_over_item(by=club.chair, item_id=item.pk, meeting_id=meeting.pk),
        lambda: refer_item(by=club.chair, body_id=club.body.pk, to_id=board.pk, title="The jetty", item_id=item.pk),
        lambda: accept_referral(by=club.chair, referral_id=waiting.pk, meeting_id=rehearsed.pk),
        lambda: draw_up_account(by=club.chair, meeting_id=rehearsed.pk, item_id=item.pk),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert code_of(refusal) == "rehearsal"
    assert accept_referral(by=club.chair, referral_id=waiting.pk, meeting_id=meeting.pk).title == "The pier"


def test_every_page_about_a_rehearsal_says_so_and_nobody_else_finds_it(club: Club) -> None:
    floor = floor_of(club, rehearsal=True)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    home = f"/en{meeting_address(floor.meeting)}"
    desk, public = as_person(club.members[0]), Client()
    with at(11):
        seen: set[str] = set()
        asked = {home, f"{home}desk/", f"{home}floor/", reverse("voting:ballot", args=[ballot.pk])}
        for _depth in range(2):
            found: set[str] = set()
            for address in sorted(asked - seen):
                answer = desk.get(address)
                if answer.status_code == 302 or address.partition("?")[0].endswith(FILES):
                    continue
                text = answer.content.decode()
                assert MARK in text or SCREEN_MARK in text, address
                assert public.get(address).status_code != 200, address
                found |= {one.partition("?")[0] for one in OF_THE_MEETING.findall(text)}
            seen |= asked
            asked = found
        assert len(seen) > 20
        screen = public.get(f"{home}screen/", {"key": hall_key(floor.meeting.pk)}).content.decode()
        assert "Rehearsal: nothing is decided" in screen
        for address in ("/en/", f"/en/bodies/{club.body.slug}/"):
            assert "Rehearsal" not in public.get(address).content.decode()
            assert "Rehearsal: General Meeting, 1" in desk.get(address).content.decode()
    assert "Rehearsal: nothing is decided" in rehearsal_mark()


def test_the_desk_convenes_a_rehearsal_with_one_tick(club: Club) -> None:
    desk = as_person(club.members[0])
    address = reverse("meetings:convene", args=[club.body.slug])
    text = desk.get(address).content.decode()
    token = re.search(r'name="once" value="([^"]+)"', text)
    assert token
    typed = {"once": token[1], "kind": "ordinary", "starts": DAY.isoformat(), "opens": "09:00", "closes": "12:00"}
    answer = desk.post(address, {**typed, "access": "public", "rehearsal": "on"})
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.rehearsal
    assert meeting.access == Access.PARTICIPANTS
