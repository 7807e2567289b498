"""Units report on their directives, with photos and files as evidence."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.files.base import File
from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import ask, within
from hemicycle.bodies.models import Unit
from hemicycle.decisions import rules
from hemicycle.decisions.acts.measuring import Reported, figure_facts, figure_reported
from hemicycle.decisions.acts.standing import OPEN_TO_MANY, directive_facts, local_day, refuse_state
from hemicycle.decisions.keeping import kept
from hemicycle.decisions.models import Directive, Evidence, Point, Progress
from hemicycle.decisions.queries import issuer_book
from hemicycle.decisions.queries.offices import books_about, office_of
from hemicycle.decisions.rollup import keeping
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act


def report_progress(
    *,
    by: Actor,
    directive_id: int,
    narrative: str,
    done: bool = False,
    delay_reason: str = "",
    expected: date | None = None,
    help_needed: str = "",
    value: int | None = None,
    out_of: int | None = None,
    period: date | None = None,
    more_than_target: bool = False,
    files: Sequence[File[bytes]] = (),
    happened: Happened | None = None,
) -> Progress:
    """Report on a task, by the head of the responsible unit, or by an office for what the unit told it by telephone.

    The office is the issuer, or any unit or body above the responsible unit.

    A later report never replaces an earlier one, but its figure corrects that of an earlier one for the same period.
    What is reported as done waits to be verified by the issuer; a milestone reported as done has all its steps.

    Raises:
        Refused: it is another unit's, was not received yet or has ended, as its unit has, the report says nothing or
            word for word what the last one said, the due date has passed and no reason for the delay is given, a file
            is of a kind that is not taken, or the figure is not what was asked for or of a period that is closed.
    """
    ask(Kind.PROGRESS_REPORTED, by)
    with (
        kept(files) as evidence,
        act(Kind.PROGRESS_REPORTED, by=by, happened=happened) as entry,
    ):
        directive = lock_reported(entry, directive_id)
        if directive.received is None or entry.when < directive.received:
            raise Refused("not_received", _("This task was not received yet. Receive it first, then report on it."))
        refuse_state(directive, "reported")
        if not narrative.strip():
            raise Refused("no_narrative", _("Say what was done so far."), status=422, field="narrative")
        today = local_day(entry, directive.point.decision.body)
        refuse_ended(directive.responsible_unit, today)
        late = rules.asks_for_delay(directive.due, today)
        if late and not delay_reason.strip():
            raise Refused(
                "no_delay_reason",
                _("This task was due on %(due)s. Say why it is late; the reason stands beside your report.")
                % {"due": date_format(directive.due)},
                status=422,
                field="delay_reason",
            )
        if expected and expected < today:
            raise Refused(
                "expected_before",
                _("The day on which it will be done is still to come. Give a later day."),
                status=422,
                field="expected",
            )
        aim = aim_of(directive)
        figure = figure_reported(
            directive, aim, Reported(value, out_of, period, done=done, more=more_than_target), today
        )
        earlier = list(directive.progress.all())
        last = earlier[-1] if earlier else None
        said = {
            "value": figure.value,
            "out_of": figure.out_of,
            "period": figure.period,
            "narrative": narrative.strip(),
            "done": done,
            "delay_reason": delay_reason.strip() if late else "",
            "expected": None if done else expected,
            "help_needed": help_needed.strip(),
        }
        if last and not evidence:
            refuse_same(vars(last), said)
        own = by.book == directive.responsible_unit.book_id
        office = None if own else office_of(by.book)
        progress = entry.create(
            Progress(
                directive=directive,
                ordinal=last.ordinal + 1 if last else 1,
                unit=directive.responsible_unit,
                reported=entry.when,
                **said,
                language=directive.language,
                reporter_id=by.person,
                through=office,
            )
        )
        entry.create_many(Evidence, [Evidence(progress=progress, **one.columns) for one in evidence])
        state = Directive.State.CLAIMED if done else Directive.State.OPEN
        if directive.state != state:
            entry.update(directive, state=state)
        if figure.value is not None:
            keeping.report(directive, [*earlier, progress])
        entry.record(
            subjects=[progress, directive, directive.responsible_unit, directive.point.decision],
            access=directive.access,
            scope=directive.point.decision.meeting,
            facts={
                **directive_facts(directive),
                "report": progress.ordinal,
                "narrative": progress.narrative,
                "done": done,
                "delay_reason": progress.delay_reason,
                "expected": progress.expected.isoformat() if progress.expected else None,
                "help_needed": progress.help_needed,
                "through": office.name if office else None,
                **figure_facts(aim, figure),
                "evidence": [{"name": one.name, "sha256": one.stored.sha256} for one in evidence],
            },
        )
    return progress


def refuse_same(last: Mapping[str, object], said: Mapping[str, object]) -> None:
    """Refuse a report that says word for word what the last one said, whose columns are given.

    A form that the browser loaded anew carries a new token, so the token alone would let it through.
    """
    if all(last[name] == value for name, value in said.items()):
        raise Refused(
            "progress_reported",
            _("This very report was entered already, as report %(ordinal)d. Nothing was entered twice. ")
            % {"ordinal": last["ordinal"]}
            + _("To report anew, say what has changed since."),
        )


def lock_reported(entry: Act, directive_id: int) -> Directive:
    """Lock a directive of the actor's unit, one that the actor's side issued, or of a unit below the actor's office.

    Of what is closed only the issuer takes a report by telephone: other offices know nothing of it.
    """
    entry.lock(Directive, directive_id)
    directive = asked_of_report().get(pk=directive_id)
    unit = directive.responsible_unit
    if entry.by.book not in {unit.book_id, issuer_book(directive)}:
        above = books_about(unit, local_day(entry, directive.point.decision.body)).above
        open_ = directive.access in OPEN_TO_MANY
        within(entry.by, entry.by.book if open_ and entry.by.book in above else unit.book_id)
    return directive


def refuse_ended(unit: Unit, day: date) -> None:
    """Refuse a report of a unit that had ended by that day: there was nobody any more who could tell it."""
    if unit.ended and unit.ended <= day:
        raise Refused(
            "unit_ended",
            _("%(unit)s ended on %(day)s. Hand its task to another unit first, which then reports on it.")
            % {"unit": unit.name, "day": date_format(unit.ended)},
        )


def asked_of_report() -> QuerySet[Directive]:
    """Return directives with all that a report asks of them, read at once: whose they are, the figure, every report."""
    related = ("responsible_unit", "issuing_unit", "parent__responsible_unit", "aim__rollup")
    # Asked apart: PostgreSQL plans two small questions in a third of the time of a large one.
    point = Prefetch("point", Point.objects.select_related("decision__body", "decision__meeting"))
    reports = Prefetch("progress", Progress.objects.order_by("ordinal"))
    return Directive.objects.select_related(*related).prefetch_related(point, reports)
