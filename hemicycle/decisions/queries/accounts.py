"""Accounts put to meetings: who reads which lines of them, and what these come to."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.models import Account, AccountLine, Finding
from hemicycle.decisions.queries.drawn import WITHOUT_TASK
from hemicycle.meetings.models import Meeting


def accounts_for(viewer: Viewer) -> QuerySet[Account]:
    """Return the accounts that a viewer may see."""
    seen = viewer.filter("meeting__body__book", "access", "meeting")
    seen &= viewer.filter("meeting__body__book", "meeting__access", "meeting")
    related = ("meeting__body", "meeting__term", "item", "hearing", "previous__meeting__term", "presenter")
    return Account.objects.filter(seen).select_related(*related)


def account_for(viewer: Viewer, meeting: Meeting, number: int) -> Account:
    """Return an account of a meeting; raise Http404 where the viewer may not see it."""
    found = accounts_for(viewer).filter(meeting=meeting, number=number).first()
    if found is None:
        raise Http404(_("There is no such account."))
    return found


def lines_for(viewer: Viewer, account: Account) -> list[AccountLine]:
    """Return the lines of an account that a viewer may see, with what the meeting found."""
    book, meeting = "account__meeting__body__book", "point__decision__meeting"
    found = account.lines.filter(viewer.filter(book, "access", meeting))
    findings = Prefetch("findings", Finding.objects.order_by("ordinal"))
    return list(
        found.select_related("point__decision", "directive__aim").prefetch_related(findings).order_by("ordinal")
    )


def line_for(viewer: Viewer, pk: int) -> AccountLine:
    """Return a line of an account; raise Http404 where the viewer may not see it."""
    found = AccountLine.objects.filter(
        Q(account__in=accounts_for(viewer).values("pk"))
        & viewer.filter("account__meeting__body__book", "access", "point__decision__meeting"),
        pk=pk,
    )
    line = found.select_related("account__meeting__body", "account__meeting__term", "point__decision").first()
    if line is None:
        raise Http404(_("There is no such line."))
    return line


@dataclass(frozen=True)
class Sums:
    """What an account comes to, for whoever reads it: counted from the lines that they may see."""

    open: int
    ended: int
    overdue: int
    without_task: int
    never_reported: int
    closed: int


def sums(lines: list[AccountLine]) -> Sums:
    """Return what these lines come to."""
    states = Counter(line.state for line in lines)
    ended = sum(line.ended for line in lines)
    return Sums(
        open=len(lines) - ended,
        ended=ended,
        overdue=sum(line.days_over > 0 and not line.ended for line in lines),
        without_task=states[WITHOUT_TASK],
        never_reported=sum(not line.reports and not line.ended and line.directive_id is not None for line in lines),
        closed=states["closed"],
    )
