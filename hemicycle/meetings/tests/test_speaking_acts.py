"""The floor: asked for from a slot of one's own, given, held, interrupted and ended, and told in the book."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hemicycle.accounts.access import PUBLIC
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused, subject
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    accredit_participants,
    close_debate,
    close_sitting,
    declare_interest,
    end_speech,
    give_floor,
    give_speech,
    hold_speech,
    limit_speaking,
    participant_came,
    participant_went,
    reopen_list,
    resume_sitting,
    resume_speech,
    settle_item,
    strike_words,
    suspend_sitting,
    take_up_item,
)
from hemicycle.meetings.acts.accrediting import Accredit
from hemicycle.meetings.models import AgendaItem, FloorRequest, Participation, Sitting, Speech, Turn
from hemicycle.meetings.queries.speaking import clock_of, contributions, floor_on, waiting_on
from hemicycle.meetings.queue import ask_for_floor, move_request, order_by_rules, withdraw_request
from hemicycle.meetings.tests.test_floor_acts import refused, told
from hemicycle.meetings.tests.world import Gathering, under_way
from hemicycle.publishing.communique import gathered
from hemicycle.publishing.communique.proceedings import proceedings


@contextmanager
def clock(minute: int, second: int = 0) -> Iterator[datetime]:
    moment = datetime(2026, 3, 2, 10, minute, second, tzinfo=UTC)
    with clock_at(moment):
        yield moment


def part(gathering: Gathering, club: Club, number: int) -> Participation:
    return gathering.sitting.participations.get(person=club.members[number])


def asks(gathering: Gathering, club: Club, number: int, kind: str = "comment") -> FloorRequest:
    participation = part(gathering, club, number)
    return ask_for_floor(participation_id=participation.pk, item_id=gathering.first.pk, kind=kind)


def names(gathering: Gathering) -> list[str]:
    item = AgendaItem.objects.get(pk=gathering.first.pk)
    return [one.person.name.split()[0] for one in waiting_on(item, gathering.sitting)]


def with_rules(club: Club, **changes: object) -> None:
    today = procedure(rules_on(club.body, MONDAY.date()))
    adopt_rules(
        by=club.secretary, body_id=club.body.pk, preset=replace(today, **changes), in_force_from=date(2026, 2, 1)
    )


def test_one_has_one_slot_and_may_change_or_leave_it(club: Club) -> None:
    gathering = under_way(club)
    entries = Entry.objects.count()
    first, _second = asks(gathering, club, 2), asks(gathering, club, 3, "against")
    assert asks(gathering, club, 2, "for").pk == first.pk
    assert FloorRequest.objects.get(pk=first.pk).kind == "for"
    assert names(gathering) == ["Cleo", "Dov"]
    withdraw_request(first.pk)
    withdraw_request(first.pk)
    assert names(gathering) == ["Dov"]
    assert asks(gathering, club, 2).pk != first.pk
    assert names(gathering) == ["Dov", "Cleo"]
    assert Entry.objects.count() == entries  # Asking is no act.
    refused("no_such_kind", lambda: asks(gathering, club, 4, "reply"))
    refused("no_such_kind", lambda: asks(gathering, club, 4, "x"))


def test_who_is_not_there_or_concerned_or_an_observer_cannot_ask(club: Club) -> None:
    gathering = under_way(club, present=8)
    refused("not_there", lambda: asks(gathering, club, 8))
    declare_interest(by=club.chair, item_id=gathering.first.pk, person_id=club.members[5].pk, nature="owns it")
    refused("interested", lambda: asks(gathering, club, 5))
    accredit_participants(
        by=club.secretary, sitting_id=gathering.sitting.pk, people=[Accredit(club.outsider.pk, "observer")]
    )
    observer = gathering.sitting.participations.get(person=club.outsider)
    participant_came(by=club.secretary, participation_id=observer.pk)

    def ask() -> object:
        return ask_for_floor(participation_id=observer.pk, item_id=gathering.first.pk, kind="comment")

    refused("observers_silent", ask)
    refused(
        "not_accredited",
        lambda: ask_for_floor(participation_id=0, item_id=gathering.first.pk, kind="comment"),
    )
    refused(
        "item_not_current",
        lambda: ask_for_floor(participation_id=observer.pk, item_id=gathering.second.pk, kind="comment"),
    )
    with_rules(club, observers_speak=True)
    ask()
    assert names(gathering) == ["Kim"]


def test_who_is_called_in_turn_ends_the_speech_before_but_a_point_of_order_is_heard_within_it(club: Club) -> None:
    gathering = under_way(club)
    item = gathering.first.pk
    with clock(0):
        first, second = asks(gathering, club, 2), asks(gathering, club, 3, "against")
        order = asks(gathering, club, 4, "point of order")
        speech = give_floor(by=club.chair, item_id=item, request_id=first.pk, in_turn=True)
    with clock(6, 30):
        within = give_floor(by=club.chair, item_id=item, request_id=order.pk, in_turn=True)
        assert (within.during, Turn.objects.get(pk=speech.pk).ends) == (speech, None)
        refused("request_gone", lambda: give_floor(by=club.chair, item_id=item, request_id=first.pk, in_turn=True))
        assert Turn.objects.filter(ends=None).count() == 2
    with clock(7, 30):
        give_floor(by=club.chair, item_id=item, request_id=second.pk, in_turn=True)
        assert told("floor.given") == (
            "Cleo Costa ended on item 1 after 6 minutes 30 seconds; the limit was 5 minutes. "
            "Dov Dahl had the floor on item 1, to speak against it."
        )
        assert [turn.speaker for turn in Turn.objects.filter(ends=None)] == [club.members[3]]


def test_the_chair_gives_the_floor_and_the_book_tells_who_was_passed_over(club: Club) -> None:
    gathering = under_way(club)
    item = gathering.first.pk
    with clock(0):
        first, second = asks(gathering, club, 2, "for"), asks(gathering, club, 3, "against")
        turn = give_floor(by=club.chair, item_id=item, request_id=second.pk)
        assert told("floor.given") == (
            "Dov Dahl had the floor on item 1, to speak against it. The chair called them before Cleo Costa, "
            "who was next on the list."
        )
        assert (turn.limit, turn.speech.speaker, turn.remote) == (300, club.members[3], False)
        refused("request_gone", lambda: give_floor(by=club.chair, item_id=item, request_id=second.pk))
        refused("floor_taken", lambda: give_floor(by=club.chair, item_id=item, request_id=first.pk))
    with clock(6, 30):
        end_speech(by=club.chair, turn_id=turn.pk)
        assert told("speech.ended") == "Dov Dahl ended on item 1 after 6 minutes 30 seconds; the limit was 5 minutes."
        refused("speech_ended", lambda: end_speech(by=club.chair, turn_id=turn.pk))
        give_floor(by=club.chair, item_id=item, request_id=first.pk)
        assert told("floor.given") == "Cleo Costa had the floor on item 1, to speak for it."
    refused(
        "not_accredited",
        lambda: give_floor(by=club.chair, item_id=item, speaker_id=club.outsider.pk),
    )
    with pytest.raises(Refused, match="may not"):
        give_floor(by=replace(club.chair, capacity="member"), item_id=item, speaker_id=club.members[4].pk)
    assert not list(verify())


def test_the_clock_stands_while_it_is_held_interrupted_or_the_sitting_rests(club: Club) -> None:
    gathering = under_way(club)
    item, speaker, other = gathering.first.pk, club.members[2].pk, club.members[3].pk
    with clock(0):
        turn = give_floor(by=club.chair, item_id=item, speaker_id=speaker)
        refused("speech_not_held", lambda: resume_speech(by=club.chair, turn_id=turn.pk))
    with clock(1):
        hold_speech(by=club.chair, turn_id=turn.pk, because="the line was lost")
        assert told("speech.held") == "The clock of Cleo Costa on item 1 was held: the line was lost."
        refused("speech_held", lambda: hold_speech(by=club.chair, turn_id=turn.pk))
    with clock(3):
        resume_speech(by=club.chair, turn_id=turn.pk)
        assert told("speech.resumed") == "The clock of Cleo Costa on item 1 went on."
    with clock(4):
        inner = give_floor(by=club.chair, item_id=item, speaker_id=other, kind="interruption")
        assert told("floor.given") == "Dov Dahl interrupted Cleo Costa on item 1."
        refused(
            "floor_taken",
            lambda: give_floor(by=club.chair, item_id=item, speaker_id=speaker, kind="reply"),
        )
    with clock(5) as moment:
        assert not clock_of(turn, moment).runs
        end_speech(by=club.chair, turn_id=inner.pk)
        reply = give_floor(by=club.chair, item_id=item, speaker_id=speaker, kind="reply")
        assert told("floor.given") == "Cleo Costa replied on item 1."
    with clock(6):
        end_speech(by=club.chair, turn_id=reply.pk)
    with clock(7):
        suspend_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    with clock(17):
        resume_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    with clock(18) as moment:
        seen = clock_of(turn, moment)
        assert (seen.spoken, seen.runs) == (4 * 60, True)  # 0–1, 3–4, 6–7 and 17–18.
        give_floor(by=club.chair, item_id=item, speaker_id=other, kind="point of order")
    with clock(20):
        end_speech(by=club.chair, turn_id=turn.pk)
    assert Turn.objects.filter(ends=None).count() == 0
    assert Turn.objects.get(pk=turn.pk).seconds == 4 * 60
    refused("nobody_speaks", lambda: give_floor(by=club.chair, item_id=item, speaker_id=other, kind="interruption"))
    assert not list(verify())


@pytest.mark.parametrize("leaving", ["settle", "take up another", "close"])
def test_who_has_the_floor_when_the_item_is_left_has_it_no_more(club: Club, leaving: str) -> None:
    gathering = under_way(club)
    does: dict[str, Callable[[], object]] = {
        "settle": lambda: settle_item(by=club.chair, item_id=gathering.first.pk),
        "take up another": lambda: take_up_item(by=club.chair, item_id=gathering.second.pk),
        "close": lambda: close_sitting(by=club.chair, sitting_id=gathering.sitting.pk),
    }
    with clock(0):
        turn = give_floor(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[2].pk)
    with clock(2):
        does[leaving]()
    turn.refresh_from_db()
    assert turn.seconds == 120
    assert not list(verify())


def test_the_list_is_closed_and_opened_again_and_who_stands_on_it_still_speaks(club: Club) -> None:
    gathering = under_way(club)
    item = gathering.first.pk
    refused("list_open", lambda: reopen_list(by=club.chair, item_id=item, because="x"))
    waiting = asks(gathering, club, 2)
    close_debate(by=club.chair, item_id=item, only_list=True)
    refused("list_closed", lambda: asks(gathering, club, 3))
    asks(gathering, club, 3, "point of order")
    assert names(gathering) == ["Dov", "Cleo"]
    end_speech(by=club.chair, turn_id=give_floor(by=club.chair, item_id=item, request_id=waiting.pk).pk)
    refused("no_reason", lambda: reopen_list(by=club.chair, item_id=item, because=" "))
    reopen_list(by=club.chair, item_id=item, because="many had not heard it")
    assert told("list.reopened") == "The list of speakers on item 1 was opened again: many had not heard it."
    late = asks(gathering, club, 4)
    close_debate(by=club.chair, item_id=item)
    refused("debate_closed", lambda: reopen_list(by=club.chair, item_id=item, because="x"))
    refused("debate_closed", lambda: give_floor(by=club.chair, item_id=item, request_id=late.pk))
    asked = waiting_on(AgendaItem.objects.get(pk=item), gathering.sitting)[0]
    give_floor(by=club.chair, item_id=item, request_id=asked.pk)  # A point of order.


def test_the_desk_orders_the_list_by_hand_and_the_rules_order_it_again(club: Club) -> None:
    gathering = under_way(club)
    with_rules(club, sides_alternate=True)
    requests = [asks(gathering, club, number, kind) for number, kind in ((2, "for"), (3, "for"), (4, "against"))]
    assert names(gathering) == ["Cleo", "Eva", "Dov"]
    move_request(requests[1].pk, "first")
    move_request(requests[2].pk, "down")
    assert names(gathering) == ["Dov", "Cleo", "Eva"]
    asks(gathering, club, 5)
    asks(gathering, club, 6, "point of order")
    assert names(gathering) == ["Gus", "Dov", "Cleo", "Eva", "Fay"]
    refused("no_place", lambda: move_request(requests[0].pk, "nowhere"))
    withdraw_request(requests[0].pk)
    refused("request_gone", lambda: move_request(requests[0].pk, "up"))
    order_by_rules(gathering.first.pk)
    assert names(gathering) == ["Gus", "Dov", "Eva", "Fay"]


def test_the_time_of_an_item_is_shared_among_the_groups_and_told_with_what_is_left(club: Club) -> None:
    with_rules(club, item_minutes=30, time_budgets="members", speech_seconds=120)
    gathering = under_way(club)
    members = list(gathering.sitting.participations.filter(votes=True).order_by("seat"))
    for number, participation in enumerate(members):
        Participation.objects.filter(pk=participation.pk).update(group=club.local if number < 3 else club.unit)
    with clock(0):
        turn = give_floor(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[0].pk)
    with clock(3):
        end_speech(by=club.chair, turn_id=turn.pk)
        give_floor(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[4].pk)
    with clock(4) as moment:
        sitting = Sitting.objects.get(pk=gathering.sitting.pk)
        floor = floor_on(AgendaItem.objects.get(pk=gathering.first.pk), sitting, moment)
    assert [(one.group, one.seconds, one.left) for one in floor.budgets] == [
        ("Harbour", 600, 420),
        ("The Club", 1200, 1140),
    ]
    assert (floor.used, floor.limits.item, floor.limits.speech) == (240, 1800, 120)


def test_the_desk_limits_the_time_of_one_item_otherwise(club: Club) -> None:
    gathering = under_way(club)
    item = gathering.first.pk
    limit_speaking(by=club.chair, item_id=item, speech_seconds=60, item_minutes=None)
    assert told("speaking.limited") == (
        "The time on item 1 was set: a speech at most 1 minute, all speeches without a limit."
    )
    refused("limited_so", lambda: limit_speaking(by=club.chair, item_id=item, speech_seconds=60, item_minutes=None))
    refused("no_limit", lambda: limit_speaking(by=club.chair, item_id=item, speech_seconds=100_000, item_minutes=0))
    refused("no_limit", lambda: limit_speaking(by=club.chair, item_id=item, speech_seconds=-1, item_minutes=0))
    turn = give_floor(by=club.chair, item_id=item, speaker_id=club.members[2].pk)
    assert turn.limit == 60
    limit_speaking(by=club.chair, item_id=item, speech_seconds=0, item_minutes=20)
    assert floor_on(AgendaItem.objects.get(pk=item), gathering.sitting, MONDAY).limits.item == 1200
    end_speech(by=club.chair, turn_id=turn.pk)
    assert give_floor(by=club.chair, item_id=item, speaker_id=club.members[3].pk).limit is None


def test_who_speaks_from_elsewhere_is_marked_and_all_contributions_stand_by_length(club: Club) -> None:
    gathering = under_way(club)
    item = gathering.first.pk
    row = part(gathering, club, 2)
    participant_went(by=club.secretary, participation_id=row.pk)
    participant_came(by=club.secretary, participation_id=row.pk, mode="remote")
    with clock(0):
        short = give_floor(by=club.chair, item_id=item, speaker_id=club.members[2].pk, kind="question")
        assert told("floor.given").endswith("They spoke from elsewhere.")
    with clock(1):
        end_speech(by=club.chair, turn_id=short.pk)
        long = give_floor(by=club.chair, item_id=item, speaker_id=club.members[3].pk)
    with clock(4):
        end_speech(by=club.chair, turn_id=long.pk)
    give_speech(by=club.chair, item_id=item, speaker_id=club.members[4].pk, form="written", text="Three words here.")
    (lines,) = contributions(PUBLIC, gathering.meeting).values()
    assert [(one.name, one.seconds, one.words, one.remote, one.kind) for one in lines] == [
        ("Dov Dahl", 180, 0, False, ""),
        ("Cleo Costa", 60, 0, True, "question"),
        ("Eva Egger", None, 3, False, ""),
    ]
    said = Speech.objects.get(turn=long)
    strike_words(by=club.chair, meeting_id=gathering.meeting.pk, noun="speech", key=said.pk, because="not he")
    (lines,) = contributions(PUBLIC, gathering.meeting).values()
    assert [one.name for one in lines] == ["Cleo Costa", "Eva Egger"]


def test_the_minutes_tell_all_contributions_by_length_and_a_communique_who_spoke(club: Club) -> None:
    gathering = under_way(club)
    with clock(0):
        turn = give_floor(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[2].pk, kind="for")
    with clock(1):
        end_speech(by=club.chair, turn_id=turn.pk)
        give_floor(by=club.chair, item_id=gathering.first.pk, speaker_id=club.members[3].pk)
    with clock(3):
        settle_item(by=club.chair, item_id=gathering.first.pk)
    item = subject(gathering.first)
    (said,) = proceedings(gathered.told(gathering.meeting, "public"), item)
    assert said["text"] == "Cleo Costa and Dov Dahl spoke."
    told_in_full = proceedings(gathered.told(gathering.meeting, "public", full=True), item)
    (lengths,) = [block for block in told_in_full if block.get("heading") == "Contributions by length"]
    assert lengths["items"] == ["Dov Dahl: 2 minutes", "Cleo Costa (for): 1 minute"]
