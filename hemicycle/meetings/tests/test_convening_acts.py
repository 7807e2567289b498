"""A meeting is convened, its agenda made and adopted, and notice given."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hemicycle.bodies.acts import begin_term
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, adopt_agenda, convene_meeting, summon
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, convened

HOUR = timedelta(hours=1)


def convene(club: Club, **changed: object) -> Meeting:
    asked = {"by": club.chair, "body_id": club.body.pk, "starts": DAY, "ends": DAY, "sittings": [(STARTS, ENDS)]}
    return convene_meeting(**{**asked, **changed})


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


def test_convening_writes_the_meeting_its_sittings_and_one_entry(club: Club) -> None:
    meeting = convene(
        club,
        kind="plenary",
        enlarged=True,
        title="Spring plenary",
        ends=date(2026, 3, 3),
        sittings=[(STARTS + 24 * HOUR, ENDS + 24 * HOUR), (STARTS, ENDS)],
    )
    assert list(meeting.sittings.values_list("ordinal", "planned_start")) == [(1, STARTS), (2, STARTS + 24 * HOUR)]
    entry = Entry.objects.get(book=club.body.book)
    assert entry.scope == f"meeting:{meeting.pk}"
    assert told() == (
        "General Meeting was called to enlarged plenary meeting 1 of term 1, from 2 March 2026 to 3 March 2026."
    )


def test_meetings_are_numbered_without_gaps_in_each_term_and_know_the_one_before(club: Club) -> None:
    first, second = convene(club), convene(club)
    with pytest.raises(Refused):
        convene(club, ends=date(2026, 3, 1))
    third = convene(club)
    begin_term(by=club.administrator, body_id=club.body.pk, ordinal=2, starts=date(2026, 5, 1))
    may = datetime(2026, 5, 4, 9, tzinfo=UTC)
    fourth = convene(club, starts=may.date(), ends=may.date(), sittings=[(may, may + HOUR)])
    assert [meeting.ordinal for meeting in (first, second, third, fourth)] == [1, 2, 3, 1]
    assert [meeting.previous for meeting in (first, second, third, fourth)] == [None, first, second, third]


def test_the_numbers_of_a_term_go_on_from_the_meetings_held_before_its_book_was_kept(club: Club) -> None:
    may = datetime(2026, 5, 4, 9, tzinfo=UTC)
    begin_term(by=club.administrator, body_id=club.body.pk, ordinal=7, starts=may.date(), held_before=4)
    assert told() == "Term 7 began on 4 May 2026; 4 meetings of it were held before this book was kept."
    planned = {"starts": may.date(), "ends": may.date(), "sittings": [(may, may + HOUR)]}
    assert [convene(club, **planned).ordinal for _ in range(2)] == [5, 6]
    with pytest.raises(Refused, match="counted from 0"):
        begin_term(by=club.administrator, body_id=club.body.pk, ordinal=8, starts=date(2027, 5, 4), held_before=-1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts": date(2025, 12, 1), "ends": date(2025, 12, 1)}, "no_term"),
        ({"ends": date(2026, 3, 1)}, "ends_before_start"),
        ({"sittings": []}, "no_sitting"),
        ({"sittings": [(ENDS, STARTS)]}, "sitting_ends_before_start"),
        ({"sittings": [(STARTS - 24 * HOUR, ENDS)]}, "sitting_outside_meeting"),
        ({"sittings": [(STARTS, ENDS + 10 * HOUR)]}, "sitting_outside_meeting"),
        ({"sittings": [(STARTS, ENDS), (ENDS - HOUR, ENDS)]}, "sittings_overlap"),
    ],
)
def test_a_meeting_that_cannot_be_held_so_is_refused(club: Club, changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        convene(club, **changed)
    assert refusal.value.code == code
    assert not Meeting.objects.exists()
    assert not Entry.objects.filter(book=club.body.book).exists()


def test_a_sitting_lies_in_its_meeting_by_the_clock_at_the_bodys_place(club: Club) -> None:
    late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    convene(club, sittings=[(late, late + HOUR / 4)])
    with pytest.raises(Refused, match="within its meeting"):
        convene(club, sittings=[(late, late + HOUR)])


def test_only_the_desk_of_the_body_itself_convenes_it(club: Club) -> None:
    with pytest.raises(Refused) as refusal:
        convene(club, by=club.head)
    assert refusal.value.status == 403


def test_the_agenda_is_frozen_at_adoption(club: Club) -> None:
    meeting = convene(club)
    with pytest.raises(Refused, match="no item yet"):
        adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    above = add_item(by=club.secretary, meeting_id=meeting.pk, title=" Fees ", referred_by="the treasurer")
    assert told() == "“Fees” was put on the agenda as item 1, referred by the treasurer."
    below = add_item(by=club.secretary, meeting_id=meeting.pk, title="Late fees", parent_id=above.pk)
    adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    assert told() == "The agenda was adopted with 2 items."
    assert (below.ordinal, below.parent) == (2, above)
    for act in (
        lambda: add_item(by=club.chair, meeting_id=meeting.pk, title="One more"),
        lambda: adopt_agenda(by=club.chair, meeting_id=meeting.pk),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "agenda_adopted"
    assert AgendaItem.objects.count() == 2


def test_an_item_needs_a_title_and_a_parent_on_the_same_agenda(club: Club) -> None:
    meeting, other = convene(club), convene(club)
    elsewhere = add_item(by=club.chair, meeting_id=other.pk, title="Elsewhere")
    with pytest.raises(Refused, match="needs a title"):
        add_item(by=club.chair, meeting_id=meeting.pk, title="  ")
    with pytest.raises(Refused, match="not on this agenda"):
        add_item(by=club.chair, meeting_id=meeting.pk, title="Below", parent_id=elsewhere.pk)


def test_nothing_about_a_closed_item_stands_in_an_open_entry(club: Club) -> None:
    meeting = convene(club)
    add_item(by=club.chair, meeting_id=meeting.pk, title="Fees")
    closed = add_item(by=club.chair, meeting_id=meeting.pk, title="A grievance", access="body")
    assert Entry.objects.get(kind="item.added", concerns__name=f"agendaitem:{closed.pk}").access == "body"
    adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    entry = Entry.objects.get(kind="agenda.adopted")
    assert f"agendaitem:{closed.pk}" not in entry.subjects
    assert entry.facts == {"count": 1}


def test_notice_is_counted_in_clear_days_at_the_bodys_place(club: Club) -> None:
    day = date(2026, 3, 18)
    start = datetime(2026, 3, 18, 9, tzinfo=UTC)
    meeting = convene(club, starts=day, ends=day, sittings=[(start, start + HOUR)])
    with clock_at(datetime(2026, 3, 3, 22, 59, tzinfo=UTC)):
        summons = summon(by=club.secretary, meeting_id=meeting.pk, text="Please come.")
    assert (summons.sequence, summons.notice_days, summons.notice_waived_because) == (1, 14, "")
    assert told() == "Notice 1 was given, with 14 clear days."
    with clock_at(datetime(2026, 3, 3, 23, 1, tzinfo=UTC)), pytest.raises(Refused, match="13 are left"):
        summon(by=club.secretary, meeting_id=meeting.pk, text="The hour has changed.")
    with clock_at(datetime(2026, 3, 4, 9, tzinfo=UTC)):
        further = summon(
            by=club.secretary, meeting_id=meeting.pk, text="The hour has changed.", waive_because="All agreed."
        )
    assert (further.sequence, further.notice_days, further.notice_waived_because) == (2, 13, "All agreed.")
    assert told() == "Notice 2 was given, with 13 clear days. The rest was waived: All agreed."


def test_a_notice_on_time_records_no_waiver(club: Club) -> None:
    gathering = convened(club)
    assert gathering.meeting.summonses.get().notice_waived_because == "Everybody agreed."
    later = MONDAY.date() + timedelta(days=30)
    start = MONDAY + timedelta(days=30)
    meeting = convene(club, starts=later, ends=later, sittings=[(start, start + HOUR)])
    assert summon(by=club.chair, meeting_id=meeting.pk, text="Come.", waive_because="?").notice_waived_because == ""


def test_a_sitting_is_as_open_as_its_meeting(club: Club) -> None:
    convene(club, access="body")
    assert Sitting.objects.get().access == "body"
