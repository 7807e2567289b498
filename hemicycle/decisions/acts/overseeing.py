"""The issuer oversees what it handed out: the body its directives, a unit those that it broke down."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions import rules
from hemicycle.decisions.acts.standing import (
    local_day,
    lock_issued_directive,
    reason_in,
    refuse_due,
    refuse_not_later,
    refuse_state,
    refuse_unfit_unit,
    step,
)
from hemicycle.decisions.models import ENDED, Directive, Step
from hemicycle.decisions.queries import state_of
from hemicycle.decisions.queries.work import beside, waiting_extension
from hemicycle.decisions.rollup import keeping
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act

State = Directive.State
# So many units a refusal names.
MOST_NAMED = 5


def verify_directive(*, by: Actor, directive_id: int, text: str = "", happened: Happened | None = None) -> Step:
    """Verify what was reported as done, and close the directive. Nobody verifies their own report.

    Raises:
        Refused: somebody else issued it, it was not reported as done, the actor entered the report themselves, or a
            part of it is still open.
    """
    with act(Kind.DIRECTIVE_VERIFIED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "verified")
        last = directive.progress.order_by("ordinal").last()
        reporter = last.reporter_id if last else None
        if reporter is not None and reporter == by.person:
            raise Refused(
                "own_report",
                _("You entered this report yourself, and nobody verifies their own. Somebody else has to check it."),
                status=403,
            )
        if (part := directive.parts.exclude(state__in=ENDED).order_by("number").first()) is not None:
            raise Refused(
                "part_open",
                _("Part %(number)d, of %(unit)s, is still open. Close or withdraw it first.")
                % {"number": part.number, "unit": part.responsible_unit.name},
            )
        return step(entry, directive, Step.Kind.VERIFIED, text=text.strip(), reporter=reporter, state=State.CLOSED)


def send_back_directive(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Send a directive back to its unit: what was reported as done is not, or what it returned stays its task.

    Raises:
        Refused: somebody else issued it, it waits for nothing of the issuer, what it is a part of has ended, or no
            reason is given.
    """
    with act(Kind.DIRECTIVE_SENT_BACK, by=by, happened=happened) as entry:
        whole = lock_whole(entry, directive_id)
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "sent back")
        if whole and whole.state in ENDED:
            raise Refused(
                "whole_ended",
                _("Task %(number)d, of which this is a part, has ended, so no part of it is taken up again.")
                % {"number": whole.number},
            )
        return step(entry, directive, Step.Kind.SENT_BACK, text=reason_in(because), state=State.SENT_BACK)


def lock_whole(entry: Act, directive_id: int) -> Directive | None:
    """Lock what a directive is a part of, before the directive itself: wholes are locked first everywhere."""
    whole = Directive.objects.filter(pk=directive_id).values_list("parent", flat=True).first()
    return entry.lock(Directive, whole) if whole is not None else None


def grant_extension(
    *, by: Actor, directive_id: int, until: date, text: str = "", happened: Happened | None = None
) -> Step:
    """Grant the extension that was asked for, to the day asked or another.

    Raises:
        Refused: somebody else issued it, none was asked for, or the day is not later or lies after the whole.
    """
    with act(Kind.EXTENSION_GRANTED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        asked = extension_asked(directive)
        refuse_not_later(directive, until)
        whole = directive.parent
        refuse_due(until, directive.point.decision, whole)
        return step(
            entry,
            directive,
            Step.Kind.EXTENSION_GRANTED,
            text=text.strip(),
            day=until,
            answers=asked,
            due=until,
            not_after=whole.due if whole else None,
            also={"before": directive.due.isoformat()},
        )


def refuse_extension(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Refuse the extension that was asked for, with the reason. The due date stays.

    Raises:
        Refused: somebody else issued it, none was asked for, or no reason is given.
    """
    with act(Kind.EXTENSION_REFUSED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        asked = extension_asked(directive)
        return step(entry, directive, Step.Kind.EXTENSION_REFUSED, text=reason_in(because), answers=asked)


def extension_asked(directive: Directive) -> Step:
    """Return the extension that waits for its answer."""
    refuse_state(directive, "extension asked")
    asked = waiting_extension(directive)
    if asked is None:
        raise Refused("no_extension_asked", _("No extension waits for an answer."))
    return asked


def suspend_directive(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Suspend a directive, and with it every part of it that is still open: until it is resumed nothing of it is due.

    Raises:
        Refused: somebody else issued it, it is suspended or has ended, or no reason is given.
    """
    with act(Kind.DIRECTIVE_SUSPENDED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "suspended")
        text = reason_in(because)
        parts = [part for part in lock_parts(directive) if part.state not in {*ENDED, State.SUSPENDED}]
        step_parts(entry, directive, parts, Step.Kind.SUSPENDED, text, [State.SUSPENDED] * len(parts))
        return step(entry, directive, Step.Kind.SUSPENDED, text=text, also={"parts": len(parts)}, state=State.SUSPENDED)


def resume_directive(*, by: Actor, directive_id: int, text: str = "", happened: Happened | None = None) -> Step:
    """Resume a suspended directive as it stood before; with a unit that it was handed to since, it is open.

    Its parts that were suspended with it are resumed with it.

    Raises:
        Refused: somebody else issued it, or it is not suspended.
    """
    with act(Kind.DIRECTIVE_RESUMED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "resumed")
        steps = list(directive.steps.order_by("ordinal"))
        parts, stood = suspended_with(directive, suspended_at(steps))
        step_parts(entry, directive, parts, Step.Kind.RESUMED, text.strip(), stood)
        return step(
            entry,
            directive,
            Step.Kind.RESUMED,
            text=text.strip(),
            also={"parts": len(parts)},
            state=rules.suspended_from((one.kind, one.was) for one in steps),
        )


def suspended_at(steps: Sequence[Step]) -> datetime:
    """Return when a directive with these steps was suspended last."""
    return [one.taken for one in steps if one.kind == Step.Kind.SUSPENDED][-1]


def suspended_with(directive: Directive, moment: datetime) -> tuple[list[Directive], list[str]]:
    """Return the parts of a directive that were suspended with it and still are, and how each of them stood before."""
    waiting = [part for part in lock_parts(directive) if part.state == State.SUSPENDED]
    told: dict[int, list[Step]] = {part.pk: [] for part in waiting}
    for one in Step.objects.filter(directive__in=told).order_by("directive", "ordinal"):
        told[one.directive_id].append(one)
    parts = [part for part in waiting if suspended_at(told[part.pk]) == moment]
    return parts, [rules.suspended_from((one.kind, one.was) for one in told[part.pk]) for part in parts]


def withdraw_directive(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Withdraw a directive with a reason, and with it every part of it that is still open.

    Raises:
        Refused: somebody else issued it, it has ended, or no reason is given.
    """
    with act(Kind.DIRECTIVE_WITHDRAWN, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "withdrawn")
        text = reason_in(because)
        also = {"parts": end_parts(entry, directive, text)}
        return step(entry, directive, Step.Kind.WITHDRAWN, text=text, also=also, state=State.WITHDRAWN)


def supersede_directive(
    *, by: Actor, directive_id: int, by_number: int, because: str, happened: Happened | None = None
) -> Step:
    """Let another directive of the same point, issued already, take the place of one, and of every open part of it.

    Raises:
        Refused: somebody else issued it, it has ended, the other is not there or has ended, or no reason is given.
    """
    with act(Kind.DIRECTIVE_SUPERSEDED, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "superseded")
        other = beside(directive).filter(number=by_number).select_for_update(of=("self",)).first()
        if other is None:
            raise Refused(
                "no_other_directive",
                _("There is no open task with number %(number)d beside this one. Issue it first.")
                % {"number": by_number},
                status=422,
                field="by_number",
            )
        text = reason_in(because)
        parts = end_parts(entry, directive, text)
        return step(
            entry,
            directive,
            Step.Kind.SUPERSEDED,
            text=text,
            also={"parts": parts, "other": other.number, "other_unit": other.responsible_unit.name},
            state=State.SUPERSEDED,
            superseded_by=other,
        )


def end_parts(entry: Act, directive: Directive, text: str) -> int:
    """Withdraw every open part of a directive, and their parts, with its reason; return how many there were."""
    parts = [part for part in lock_parts(directive) if part.state not in ENDED]
    step_parts(entry, directive, parts, Step.Kind.WITHDRAWN, text, [State.WITHDRAWN] * len(parts))
    keeping.stand(parts)
    return len(parts)


def lock_parts(directive: Directive) -> list[Directive]:
    """Lock every part of a directive, and their parts, level by level."""
    found: list[Directive] = []
    level = [directive.pk]
    while level:
        of_level = Directive.objects.filter(parent__in=level).prefetch_related("progress").order_by("pk")
        parts = list(of_level.select_for_update(of=("self",)))
        found += parts
        level = [part.pk for part in parts]
    return found


def step_parts(
    entry: Act, directive: Directive, parts: Sequence[Directive], kind: str, text: str, states: Sequence[str]
) -> None:
    """Write the same step for parts of a directive, taken by whoever issued the whole, and the states that follow."""
    counted = Step.objects.filter(directive__in=parts).values_list("directive").annotate(count=Count("pk"))
    taken = dict(counted.order_by())
    steps = [
        Step(
            directive=part,
            ordinal=taken.get(part.pk, 0) + 1,
            kind=kind,
            taken=entry.when,
            unit=directive.issuing_unit,
            person_id=entry.by.person,
            was=state_of(part),
            text=text,
        )
        for part in parts
    ]
    entry.create_many(Step, steps)
    for part, state in zip(parts, states, strict=True):
        part.state = state
    entry.update_many(parts, ["state"])


def hand_over_directive(
    *, by: Actor, directive_id: int, unit_id: int, because: str, happened: Happened | None = None
) -> Step:
    """Hand a directive over to another unit: its successor where the unit ended, or whoever can do it.

    The story stays with it. The other unit receives it anew.

    Raises:
        Refused: somebody else issued it, it has ended, the unit has it already, is elsewhere or has ended itself, or
            no reason is given; or it stands not over the units that have open parts, or gave this part out itself.
    """
    with act(Kind.DIRECTIVE_HANDED_OVER, by=by, happened=happened) as entry:
        directive = lock_issued_directive(entry, directive_id)
        refuse_state(directive, "handed over")
        unit = entry.lock(Unit, unit_id)
        if unit.pk == directive.responsible_unit_id:
            raise Refused(
                "has_it_already",
                _("%(unit)s has this task already.") % {"unit": unit.name},
                status=422,
                field="responsible_unit",
            )
        over, day = directive.issuing_unit, local_day(entry, directive.point.decision.body)
        refuse_unfit_unit(unit, over, over.name, day)
        if directive.parent_id and unit.pk == over.pk:
            raise Refused(
                "issuer_itself",
                _("%(unit)s gave this part to others and cannot be the one to carry it out. It can withdraw it.")
                % {"unit": unit.name},
                status=422,
                field="responsible_unit",
            )
        refuse_parts_elsewhere(directive, unit, day)
        before = directive.responsible_unit.name
        was = state_of(directive)
        return step(
            entry,
            directive,
            Step.Kind.HANDED_OVER,
            text=reason_in(because),
            also={"before": before},
            unit=directive.responsible_unit,
            responsible_unit=unit,
            received=None,
            handler=None,
            state=State.SUSPENDED if was == State.SUSPENDED else State.OPEN,
        )


def refuse_parts_elsewhere(directive: Directive, unit: Unit, day: date) -> None:
    """Refuse a unit that does not stand over those that have an open part: a part goes down, never across."""
    parts = directive.parts.exclude(state__in=ENDED)
    names = list(
        parts.exclude(responsible_unit__in=subtree(unit, day)).values_list("responsible_unit__name", flat=True)
    )
    if names:
        raise Refused(
            "parts_elsewhere",
            _("Parts of it are under way in units that are not below %(unit)s: %(names)s. Withdraw those parts first.")
            % {"unit": unit.name, "names": ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")},
            status=422,
            field="responsible_unit",
        )


def answer_question(*, by: Actor, question_id: int, text: str, happened: Happened | None = None) -> Step:
    """Answer what a unit asked. Every unit that has a task of the same point and issuer sees question and answer.

    Raises:
        Refused: somebody else issued the task, it was answered already, or the answer is empty.
    """
    with act(Kind.QUESTION_ANSWERED, by=by, happened=happened) as entry:
        question = entry.lock(Step, question_id)
        directive = lock_issued_directive(entry, question.directive_id)
        if question.kind != Step.Kind.ASKED:
            raise Refused("no_question", _("Nothing was asked here."))
        if Step.objects.filter(answers=question).exists():
            raise Refused("answered", _("This question was answered already. Nothing was entered twice."))
        if not text.strip():
            raise Refused("no_answer", _("Say what the answer is."), status=422, field="text")
        also = {"question": question.text}
        return step(entry, directive, Step.Kind.ANSWERED, text=text.strip(), answers=question, also=also)
