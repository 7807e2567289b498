"""Due dates as calendar files (RFC 5545): each as something to do (VTODO) and as a day (VEVENT).

Many calendars show only one of the two. Both have their UIDs for good, whatever the address of the house: a calendar
knows a task again when its due date moves.
"""

from datetime import date, datetime, timedelta

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.decisions.models import Directive
from hemicycle.decisions.queries import Task
from hemicycle.decisions.queries.consulting import Waiting
from hemicycle.decisions.queries.due import Due
from hemicycle.journal.models import Book
from hemicycle.meetings.calendar import empty, stamped

MAKER = "-//Hemicycle//Tasks//EN"
REFRESH = timedelta(hours=6)
ONE_DAY = timedelta(days=1)
# RFC 5545: 1 is the highest, 5 the middle.
URGENT, ORDINARY = 1, 5
SHOWN = 200


def due_dates(due: Due, name: str) -> bytes:
    """Return what is due as a calendar."""
    calendar = empty(MAKER, "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for task in due.tasks:
        for component in of_task(task, due.stepped.get(task.directive.pk)):
            calendar.add_component(component)
    for one in due.asked:
        for component in of_consultation(one):
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def of_task(task: Task, stepped: datetime | None) -> tuple[icalendar.Todo, icalendar.Event]:
    """Return a task as something to do, and as the day on which it is due; `stepped`: its last step, if it had one."""
    one = task.directive
    unit = one.responsible_unit
    moments = [one.issued, one.received, stepped, *(report.reported for report in task.reports)]
    begun = bool(one.received) and task.standing.state != "suspended"
    return both(
        uid=f"task-{one.pk}",
        book=one.point.decision.body.book,
        due=one.due,
        summary=_("%(unit)s: %(text)s") % {"unit": unit.name, "text": Truncator(one.text).chars(SHOWN)},
        said=one.text,
        address=reverse("decisions:directive", args=[one.pk]),
        stamp=max(moment for moment in moments if moment),
        status="IN-PROCESS" if begun else "NEEDS-ACTION",
        priority=URGENT if one.priority == Directive.Priority.URGENT else ORDINARY,
        public=one.access == Access.PUBLIC,
    )


def of_consultation(waiting: Waiting) -> tuple[icalendar.Todo, icalendar.Event]:
    """Return a discussion to be answered as something to do, and as the day by which it is."""
    unit, one = waiting.addressee.unit, waiting.addressee.consultation
    return both(
        uid=f"discussion-{one.pk}-{unit.pk}",
        book=one.point.decision.body.book,
        due=one.due,
        summary=_("%(unit)s is to answer: %(text)s") % {"unit": unit.name, "text": Truncator(one.text).chars(SHOWN)},
        said=one.text,
        address=reverse("decisions:consultation_unit", args=[one.pk, unit.slug]),
        stamp=one.called,
        status="NEEDS-ACTION",
        priority=ORDINARY,
        public=one.access == Access.PUBLIC,
    )


def both(
    *,
    uid: str,
    book: Book,
    due: date,
    summary: str,
    said: str,
    address: str,
    stamp: datetime,
    status: str,
    priority: int,
    public: bool,
) -> tuple[icalendar.Todo, icalendar.Event]:
    """Return something due as a task and as a day."""
    house = settings.HEMICYCLE_ADDRESS
    todo, day = icalendar.Todo(), icalendar.Event()
    for component, kind in ((todo, "todo"), (day, "day")):
        component.add("uid", f"{kind}-{uid}@{book.uuid}")
        component.add("dtstamp", stamped(stamp))
        component.add("summary", summary)
        component.add("description", f"{said}\n{house}{address}")
        component.add("url", f"{house}{address}")
        component.add("class", "PUBLIC" if public else "PRIVATE")
    todo.add("due", due)
    todo.add("status", status)
    todo.add("priority", priority)
    day.add("dtstart", due)
    day.add("dtend", due + ONE_DAY)
    day.add("transp", "TRANSPARENT")
    return todo, day
