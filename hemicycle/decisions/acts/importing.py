"""Old decisions and tasks are brought in by table: all by one act, or nothing. Doing it again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.decisions.models.old import OldDecision, OldSheet, OldTask
from hemicycle.decisions.old_sheets import BadCell, OldRow, as_day
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act


@dataclass(frozen=True)
class Tried:
    """What a table would come to: what is new in it, how many rows change nothing, and what speaks against it."""

    decisions: list[OldDecision]
    tasks: list[OldTask]
    unchanged: int
    faults: list[BadCell]


def try_old(*, body: Body, rows: Sequence[OldRow], access: str) -> Tried:
    """Return what the rows of a table come to; nothing is written.

    What a key of the old register names already stands as it was brought in: a row that tells it otherwise is refused.
    """
    keys = {row.decision for row in rows}
    decisions = {one.key: one for one in OldDecision.objects.filter(body=body, key__in=keys)}
    tasks = {
        (one.decision.key, one.key): one
        for one in OldTask.objects.filter(decision__in=decisions.values()).select_related("decision")
    }
    made: dict[str, OldDecision] = {}
    new: list[OldTask] = []
    faults: list[BadCell] = []
    unchanged = 0
    for row in rows:
        stands = decisions.get(row.decision) or made.get(row.decision)
        if stands is not None and (said := otherwise(row, stands)):
            faults.append(BadCell(row.row, _("row %(row)d") % {"row": row.row}, said))
            continue
        if stands is None:
            if not row.title:
                said = _("The title of decision “%(key)s” is empty. Write it in the first of its rows.")
                faults.append(BadCell(row.row, _("row %(row)d") % {"row": row.row}, said % {"key": row.decision}))
                continue
            stands = made[row.decision] = new_decision(body, row, access)
        before = tasks.get((row.decision, row.task))
        if row.task and before is None:
            new.append(new_task(stands, row))
        elif row.task and before is not None and told(new_task(stands, row)) != told(before):
            said = _("Task “%(key)s” stands here already and says something else. What was brought in never changes.")
            faults.append(BadCell(row.row, _("row %(row)d") % {"row": row.row}, said % {"key": row.task}))
        elif row.decision in decisions:
            unchanged += 1
    return Tried(list(made.values()), new, unchanged, faults)


def new_decision(body: Body, row: OldRow, access: str) -> OldDecision:
    """Return an old decision as its row tells it."""
    return OldDecision(
        body=body,
        key=row.decision,
        title=row.title,
        text=row.decided,
        adopted=as_day(row.adopted),
        language=body.language,
        access=access,
    )


def new_task(decision: OldDecision, row: OldRow) -> OldTask:
    """Return an old task as its row tells it."""
    return OldTask(
        decision=decision,
        key=row.task,
        unit_id=row.unit,
        text=row.to_do,
        due=as_day(row.due),
        state=row.state,
        ended=as_day(row.ended),
        sector=row.sector,
    )


def told(task: OldTask) -> tuple[object, ...]:
    """Return what is told of a task, to compare."""
    return (task.unit_id, task.text, task.due, task.state, task.ended, task.sector)


def otherwise(row: OldRow, stands: OldDecision) -> str:
    """Say that a row tells a decision otherwise than it stands; cells left empty tell nothing."""
    pairs: Mapping[str, tuple[str, str]] = {
        "title": (row.title, stands.title),
        "decided": (row.decided, stands.text),
        "adopted": (row.adopted, stands.adopted.isoformat() if stands.adopted else ""),
    }
    for name, (new, old) in pairs.items():
        if new and new != old:
            return _(
                "Decision “%(key)s” stands already, with another “%(name)s”. What was brought in never changes."
            ) % {
                "key": stands.key,
                "name": name,
            }
    return ""


def import_old(
    *,
    by: Actor,
    body_id: int,
    rows: Sequence[OldRow],
    file: str,
    origin: str,
    access: str,
    happened: Happened | None = None,
) -> OldSheet:
    """Bring in old decisions and tasks of a body, marked with where they were kept. All that is new, or nothing.

    Raises:
        Refused: it is another body's, nothing says from where, a row is bad, or all of it is here already.
    """
    with act(Kind.DECISIONS_IMPORTED, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        within(by, body.book_id)
        if not origin.strip():
            raise Refused("no_origin", _("Say where these decisions were kept."), status=422, field="origin")
        found = try_old(body=body, rows=rows, access=Access(access))
        if found.faults:
            first = found.faults[0]
            raise Refused("sheet_unclean", f"{first.address}: {first.sentence}", status=422)
        if not found.decisions and not found.tasks:
            raise Refused("nothing_new", _("All of this is here already. Nothing was entered twice."))
        sheet = entry.create(
            OldSheet(
                body=body,
                number=body.old_sheets.count() + 1,
                file=file[:200],
                origin=origin.strip()[:300],
                entered=entry.when,
            )
        )
        for one in found.decisions:
            one.sheet = sheet
        decisions = entry.create_many(OldDecision, found.decisions)
        for task in found.tasks:
            task.sheet = sheet
        tasks = entry.create_many(OldTask, found.tasks)
        entry.record(
            subjects=[sheet, body, *{task.decision for task in tasks} | set(decisions)],
            # Tasks can be new of decisions that were brought in before, for fewer readers.
            access=narrowest(access, *(task.decision.access for task in tasks)),
            facts={
                "body": body.name,
                "file": sheet.file,
                "origin": sheet.origin,
                "decisions": len(decisions),
                "tasks": len(tasks),
            },
        )
    return sheet
