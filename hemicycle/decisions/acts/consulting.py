"""A decision is discussed in the units below: the desk calls for it, each unit answers, the desk closes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Placement, Unit
from hemicycle.bodies.queries import held_on
from hemicycle.decisions import consulting_rules as rules
from hemicycle.decisions.acts.standing import local_day, told_to
from hemicycle.decisions.models import Decision, Point
from hemicycle.decisions.models.consulting import Addressee, Consultation, ConsultationClosed, How, UnitAnswer
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.models import Meeting

MOST_POSITIONS = 12
LONGEST_POSITION = 100


@dataclass(frozen=True)
class Place:
    """Where a unit stands below another: right below which, how deep, and at what place read downwards."""

    unit: Unit
    region: Unit
    depth: int


def call_consultation(
    *,
    by: Actor,
    point_id: int,
    text: str,
    due: date,
    level: str = "",
    positions: Sequence[str] = (),
    access: str = "",
    happened: Happened | None = None,
) -> Consultation:
    """Call for discussion of a point in every unit below the body's, or in those of one level. One act, one entry.

    Each unit holds a meeting of its own or takes note, and answers by the day named. `access` may make the answers
    narrower than the decision, never wider.

    Raises:
        Refused: it is another body's, nothing is asked, no unit is there, it is called before the decision,
            the day is past, or the positions are fewer than two, too many or the same.
    """
    with act(Kind.CONSULTATION_CALLED, by=by, happened=happened) as entry:
        point = entry.lock(Point, point_id)
        decision = point.decision
        body = decision.body
        within(by, body.book_id)
        if not text.strip():
            raise Refused("no_text", _("Say what the units are asked to discuss."), status=422, field="text")
        day = local_day(entry, body)
        if entry.when < decision.certified:
            raise Refused(
                "out_of_order",
                _("A discussion is called for after the decision was certified. Enter a later moment."),
                status=422,
                field="happened",
            )
        if rules.is_late(due, day):
            raise Refused("due_past", _("Give a day that is still to come."), status=422, field="due")
        offered = positions_in(positions)
        places = [one for one in places_below(body.unit, day) if not level or one.unit.level == level]
        if not places:
            raise Refused(
                "no_unit_below",
                _("There is no unit below %(unit)s that could be asked.") % {"unit": body.unit.name},
                status=422,
                field="level",
            )
        consultation = entry.create(
            Consultation(
                point=point,
                number=point.consultations.count() + 1,
                text=text.strip(),
                language=decision.language,
                positions=offered,
                level=level,
                called=entry.when,
                due=due,
                asked=len(places),
                access=narrowest(decision.access, access or decision.access),
            )
        )
        rows = [
            Addressee(consultation=consultation, unit=one.unit, region=one.region, place=number, depth=one.depth)
            for number, one in enumerate(places, 1)
        ]
        entry.create_many(Addressee, rows)
        entry.record(
            subjects=[consultation, point, decision, body.unit, decision.meeting, *(one.unit for one in places)],
            access=consultation.access,
            scope=decision.meeting,
            facts={
                **consultation_facts(consultation),
                "units": len(places),
                "level": level,
                "due": due.isoformat(),
                "positions": offered,
            },
        )
    return consultation


def positions_in(typed: Sequence[str]) -> list[str]:
    """Return the positions that units may choose from, as they are kept; none where none is asked for."""
    found = [" ".join(one.split()) for one in typed if one.strip()]
    wrong = ""
    if len(found) == 1:
        wrong = _("With one position there is nothing to choose. Give at least two, or none.")
    elif len(found) > MOST_POSITIONS:
        wrong = _("Give at most %(most)d positions.") % {"most": MOST_POSITIONS}
    elif len({one.casefold() for one in found}) < len(found):
        wrong = _("A position is there twice. Give each once.")
    elif any(len(one) > LONGEST_POSITION for one in found):
        wrong = _("A position has at most %(most)d characters. Shorten it.") % {"most": LONGEST_POSITION}
    if wrong:
        raise Refused("positions_unfit", wrong, status=422, field="positions")
    return found


def places_below(top: Unit, day: date) -> Iterator[Place]:
    """Yield the units below a unit that have not ended, in the order of the tree read downwards, each by name."""
    units = {unit.pk: unit for unit in Unit.objects.exclude(ended__lte=day)}
    below: dict[int, list[Unit]] = {}
    for unit, parent in Placement.objects.filter(held_on(day)).values_list("unit", "parent"):
        if unit in units:
            below.setdefault(parent, []).append(units[unit])
    seen = {top.pk}
    waiting = [Place(unit, unit, 0) for unit in by_name(below.get(top.pk, []))]
    while waiting:
        here = waiting.pop()
        if here.unit.pk in seen:
            continue
        seen.add(here.unit.pk)
        yield here
        waiting += [Place(unit, here.region, here.depth + 1) for unit in by_name(below.get(here.unit.pk, []))]


def by_name(units: list[Unit]) -> list[Unit]:
    """Return units so that the first by name is taken up first from the end."""
    return sorted(units, key=lambda unit: (unit.name, unit.pk), reverse=True)


def answer_consultation(
    *,
    by: Actor,
    consultation_id: int,
    unit_id: int,
    how: str,
    text: str,
    held: date | None = None,
    taking_part: int | None = None,
    meeting_id: int | None = None,
    decision_id: int | None = None,
    plan: str = "",
    position: str = "",
    happened: Happened | None = None,
) -> UnitAnswer:
    """Answer for a unit, by its head or the desk of a body of it: it held a meeting of its own, or took note.

    A later answer counts in the place of an earlier one, which is kept. What comes after the day is marked as late.

    Raises:
        Refused: the unit is another's or was not asked, the consultation is closed, nothing is said, no position of
            those offered is taken, no day of the meeting is given or one to come, or what is linked is not the unit's.
    """
    with act(Kind.CONSULTATION_ANSWERED, by=by, happened=happened) as entry:
        consultation = entry.lock(Consultation, consultation_id)
        addressee = Addressee.objects.filter(consultation=consultation, unit=unit_id).first()
        if addressee is None:
            raise Refused("not_asked", _("This unit was not asked."))
        addressee = entry.lock(Addressee, addressee.pk)
        unit = addressee.unit
        refuse_other_unit(by, unit)
        refuse_closed(consultation)
        decision = consultation.point.decision
        today = local_day(entry, decision.body)
        if how not in How.values:
            raise Refused("no_how", _("Say whether the unit held a meeting or took note."), status=422, field="how")
        if not text.strip():
            raise Refused("no_text", _("Say what came of it in the unit."), status=422, field="text")
        refuse_position(consultation, position)
        met = how == How.MET
        meeting, made = linked(unit, meeting_id, decision_id) if met else (None, None)
        day = held or (meeting.starts if meeting else None)
        if met and (day is None or day > today):
            raise Refused("no_day", _("Give the day on which the unit met, today or before."), status=422, field="held")
        last = addressee.answers.order_by("ordinal").last()
        late = last.late if last else rules.is_late(consultation.due, today)
        answer = entry.create(
            UnitAnswer(
                addressee=addressee,
                ordinal=last.ordinal + 1 if last else 1,
                how=how,
                held=day if met else None,
                taking_part=taking_part if met else None,
                meeting=meeting,
                decision=made,
                text=text.strip(),
                plan=plan.strip(),
                position=position,
                language=consultation.language,
                answered=entry.when,
                late=late,
                reporter_id=by.person,
            )
        )
        entry.update(addressee, how=how, late=late, position=position, answered=entry.when)
        entry.record(
            # What is narrower than the answers is not named among them.
            subjects=[
                answer,
                consultation,
                unit,
                decision,
                *(
                    one
                    for one in (meeting, made)
                    if one and narrowest(one.access, consultation.access) == consultation.access
                ),
            ],
            access=told_to(by, unit, consultation.access),
            scope=decision.meeting,
            facts={
                **consultation_facts(consultation),
                "unit": unit.name,
                "how": str(how),
                "held": answer.held.isoformat() if answer.held else None,
                "taking_part": answer.taking_part,
                "text": answer.text,
                "plan": answer.plan,
                "position": position,
                "late": late,
            },
        )
    return answer


def refuse_other_unit(by: Actor, unit: Unit) -> None:
    """Refuse whoever is neither the head of the unit nor keeps the desk of a body of it."""
    if not Body.objects.filter(unit=unit, book=by.book).exists():
        within(by, unit.book_id)


def refuse_closed(consultation: Consultation) -> None:
    """Refuse what comes after the end of a consultation."""
    closing = ConsultationClosed.objects.filter(consultation=consultation).first()
    if closing is not None:
        raise Refused(
            "consultation_closed",
            _("This discussion was closed on %(day)s. No answer is taken any more.")
            % {"day": date_format(closing.closed)},
        )


def refuse_position(consultation: Consultation, position: str) -> None:
    """Refuse a position that is not offered, or none where one is asked for."""
    if consultation.positions and position not in consultation.positions:
        raise Refused("no_position", _("Choose one of the positions."), status=422, field="position")
    if position and not consultation.positions:
        raise Refused("position_not_asked", _("No position is asked for here."), status=422, field="position")


def linked(unit: Unit, meeting_id: int | None, decision_id: int | None) -> tuple[Meeting | None, Decision | None]:
    """Return the unit's own meeting and decision that an answer points at."""
    meeting = Meeting.objects.filter(pk=meeting_id, body__unit=unit).first() if meeting_id else None
    made = Decision.objects.filter(pk=decision_id, body__unit=unit).first() if decision_id else None
    if meeting_id and meeting is None:
        raise Refused("meeting_elsewhere", _("This meeting is not one of the unit's own."), status=422, field="meeting")
    if decision_id and made is None:
        raise Refused(
            "decision_elsewhere", _("This decision is not one of the unit's own."), status=422, field="decision"
        )
    return meeting or (made.meeting if made else None), made


def close_consultation(
    *, by: Actor, consultation_id: int, text: str = "", happened: Happened | None = None
) -> ConsultationClosed:
    """Close a consultation: what came of it is counted, and no answer is taken any more.

    Raises:
        Refused: it is another body's, or was closed already.
    """
    with act(Kind.CONSULTATION_CLOSED, by=by, happened=happened) as entry:
        consultation = entry.lock(Consultation, consultation_id)
        decision = consultation.point.decision
        within(by, decision.body.book_id)
        refuse_closed(consultation)
        tally = tally_of(consultation)
        taken = positions_taken(consultation)
        closing = entry.create(
            ConsultationClosed(
                consultation=consultation,
                text=text.strip(),
                closed=entry.when,
                met=tally.met,
                noted=tally.noted,
                late=tally.late,
                missing=tally.missing,
                positions=[list(pair) for pair in taken],
            )
        )
        entry.record(
            subjects=[consultation, consultation.point, decision, decision.meeting, decision.body.unit],
            access=consultation.access,
            scope=decision.meeting,
            facts={
                **consultation_facts(consultation),
                "text": closing.text,
                "units": tally.asked,
                "met": tally.met,
                "noted": tally.noted,
                "late": tally.late,
                "missing": tally.missing,
                "positions": [{"position": name, "units": count} for name, count in taken],
            },
        )
    return closing


def tally_of(consultation: Consultation) -> rules.Tally:
    """Count who has answered so far."""
    counted = consultation.addressees.exclude(how="").order_by().values_list("how", "late").annotate(Count("pk"))
    found = rules.Tally(consultation.asked)
    for how, late, count in counted:
        met = count if how == How.MET else 0
        found += rules.Tally(0, met, count - met, count if late else 0)
    return found


def positions_taken(consultation: Consultation) -> list[tuple[str, int]]:
    """Return each position offered with how many units took it, in the order in which they are offered."""
    counted = consultation.addressees.exclude(position="").order_by().values_list("position").annotate(Count("pk"))
    counts = dict(counted)
    return [(name, counts.get(name, 0)) for name in consultation.positions]


def consultation_facts(consultation: Consultation) -> dict[str, object]:
    """Return what every entry about a consultation says of it."""
    decision = consultation.point.decision
    return {
        "body": decision.body.name,
        "decision": decision.number,
        "point": consultation.point.ordinal,
        "number": consultation.number,
        "text": consultation.text,
    }
