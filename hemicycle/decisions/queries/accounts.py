"""Accounts put to meetings: who reads which lines of them, and what these come to."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import PUBLIC, Access, Viewer, narrowest
from hemicycle.decisions.models import Account, AccountLine, Finding
from hemicycle.decisions.queries.drawn import WITHOUT_TASK
from hemicycle.meetings.models import DocumentVersion, Meeting
from hemicycle.meetings.queries import documents_for


def accounts_for(viewer: Viewer) -> QuerySet[Account]:
    """Return the accounts that a viewer may see."""
    seen = viewer.filter("meeting__body__book", "access", "meeting")
    seen &= viewer.filter("meeting__body__book", "meeting__access", "meeting")
    related = (
        "meeting__body",
        "meeting__term",
        "item",
        "hearing",
        "previous__meeting__term",
        "presenter",
        "paper__version",
    )
    return Account.objects.filter(seen).select_related(*related)


def account_for(viewer: Viewer, meeting: Meeting, number: int) -> Account:
    """Return an account of a meeting; raise Http404 where the viewer may not see it."""
    found = accounts_for(viewer).filter(meeting=meeting, number=number).first()
    if found is None:
        raise Http404(_("There is no such account."))
    return found


def account_waiting(meeting: Meeting) -> Account | None:
    """Return the account that was put to a meeting and that it has not heard yet, if there is one."""
    return meeting.accounts.filter(hearing=None).order_by("number").last()


def paper_seen(viewer: Viewer, account: Account) -> DocumentVersion | None:
    """Return the paper of an account where the viewer finds it with the documents of its item."""
    filed = getattr(account, "paper", None)
    if filed is None or not documents_for(viewer, account.meeting).filter(pk=filed.version.document_id).exists():
        return None
    found: DocumentVersion = filed.version
    return found


def lines_for(viewer: Viewer, account: Account) -> QuerySet[AccountLine]:
    """Return the lines of an account that a viewer may see, with what the meeting found."""
    return shown(account, of_viewer(viewer, account.lines.all()), viewer)


def of_viewer(viewer: Viewer, lines: QuerySet[AccountLine]) -> QuerySet[AccountLine]:
    """Return those of these lines that a viewer may see who may see their account."""
    return lines.filter(viewer.filter("account__meeting__body__book", "access", "point__decision__meeting"))


def lines_for_all(account: Account) -> QuerySet[AccountLine]:
    """Return the lines of an account that everybody may see who may read the account.

    Whoever only takes part in this meeting does not see what others alone may know from another one.
    """
    wide = Q(access=Access.PUBLIC)
    match account.access:
        case Access.DESK:
            wide = Q()
        case Access.BODY:
            wide = ~Q(access=Access.DESK)
        case Access.ORGANISATION | Access.PARTICIPANTS:
            here = [one for one in Access if narrowest(one, account.access) == account.access and one != Access.PUBLIC]
            wide |= Q(access__in=here, point__decision__meeting=account.meeting_id)
    return shown(account, account.lines.filter(wide), PUBLIC)


def shown(account: Account, lines: QuerySet[AccountLine], viewer: Viewer) -> QuerySet[AccountLine]:
    """Return lines of an account in order, with all that is shown of them.

    `found_before` of a line's task are the lines of earlier accounts about which a meeting found something.
    """
    findings = Prefetch("findings", Finding.objects.order_by("ordinal"))
    earlier = of_viewer(viewer, AccountLine.objects.filter(account__drawn_up__lt=account.drawn_up))
    earlier = earlier.filter(
        Exists(Finding.objects.filter(line=OuterRef("pk"))), account__in=accounts_for(viewer).values("pk")
    )
    named = earlier.select_related("account__meeting__body", "account__meeting__term").order_by("account__drawn_up")
    before = Prefetch("directive__accounts", named.prefetch_related(findings), to_attr="found_before")
    found = lines.select_related("point__decision", "directive__aim").prefetch_related(findings, before)
    return found.order_by("ordinal")


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


def sums(lines: QuerySet[AccountLine]) -> Sums:
    """Return what these lines come to."""
    still = Q(ended=False)
    counts = lines.order_by().aggregate(
        open=Count("pk", filter=still),
        over=Count("pk", filter=Q(ended=True)),
        overdue=Count("pk", filter=still & Q(days_over__gt=0)),
        without_task=Count("pk", filter=Q(state=WITHOUT_TASK)),
        never_reported=Count("pk", filter=still & Q(reports=0, parts_told=0, directive__isnull=False)),
        closed=Count("pk", filter=Q(state="closed")),
    )
    return Sums(ended=counts.pop("over"), **counts)
