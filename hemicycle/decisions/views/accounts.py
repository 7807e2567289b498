"""The pages of an account: drawing it up, reading it, its PDF and CSV, and what the meeting does with it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.queries import names_offered
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import account_paper, acts, forms
from hemicycle.decisions.models import Account
from hemicycle.decisions.queries.accounts import account_for, accounts_for, line_for
from hemicycle.decisions.queries.offices import officers_of
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import items_for, meeting_for
from hemicycle.meetings.views.asking import as_typed
from hemicycle.printing.asking import ask_for
from hemicycle.voting.views.protocol import as_file


def account_address(account: Account, name: str = "account") -> str:
    """Return the address of an account, or of a file of it, in the language of the reader."""
    meeting = account.meeting
    keys = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal, account.number]
    return reverse(f"decisions:{name}", args=keys)


@never_cache
@get_or_post
def draw_up(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Draw up the account of a body's decisions for a meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    items = [(item.pk, f"{item.called}. {item.title}") for item in items_for(request.viewer, meeting)]
    today = today_in(meeting.body)
    able = request.actors_in(meeting.body.book_id, Kind.ACCOUNT_DRAWN_UP)
    form = forms.AccountForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        items=items,
        initial={"as_of": min(meeting.starts, today)},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.draw_up_account(
            by=by,
            meeting_id=meeting.pk,
            item_id=sent["item"],
            as_of=sent["as_of"],
            presenter_id=sent["presenter"].pk if sent["presenter"] else None,
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.ACCOUNT_DRAWN_UP,
        form,
        do,
        heading=_("Draw up the account"),
        button=_("Draw it up"),
        back=reverse("meetings:meeting", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal]) + "#accounts",
        meeting=meeting,
        names=names_offered(officers_of(meeting.body, today)) if able else [],
        hint=_(
            "What became of every decision, from the record: each open point, and what ended since the last account."
        ),
    )


def asked(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> Account:
    """Return the account at an address."""
    return account_for(request.viewer, meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal), version)


@require_safe
def account(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Show an account as the meeting has it before it."""
    found = asked(request, slug, term, ordinal, version)
    heard = hasattr(found, "hearing")
    acting = [] if heard else request.actors_in(found.meeting.body.book_id, Kind.ACCOUNT_NOTED)
    shown = account_paper.told(request.viewer, found) | {"acting": acting, "meeting": found.meeting}
    return render(request, "decisions/account.html", shown)


@require_safe
def as_csv(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Give an account as a table for spreadsheets."""
    found = asked(request, slug, term, ordinal, version)
    lines = account_paper.told(request.viewer, found)["lines"]
    name = f"{slug}-{term}-{ordinal}-account-{version}.csv"
    answer = as_file(account_paper.table(lines), name, "text/csv; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def pdf(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Have an account drawn as a PDF, and go to its page."""
    found = asked(request, slug, term, ordinal, version)
    lines = account_paper.told(request.viewer, found)["lines"]
    public = found.access == Access.PUBLIC and {line.access for line in lines} <= {Access.PUBLIC}
    person = None if public else request.viewer.person
    page = account_address(found)
    job = ask_for(
        "hemicycle.decisions.account_paper.make",
        {"account": found.pk, "person": person, "address": request.build_absolute_uri(page)},
        book=found.meeting.body.book_id,
        person=person,
        title=_("Account %(number)d to %(meeting)s") % {"number": version, "meeting": found.meeting},
        file_name=f"{slug}-{term}-{ordinal}-account-{version}.pdf",
        back=page,
    )
    return redirect("printing:job", job.uuid)


@never_cache
@get_or_post
def finding(request: HouseRequest, line_id: int) -> HttpResponse:
    """Enter what the meeting finds about a line of its account."""
    line = line_for(request.viewer, line_id)
    body = line.account.meeting.body
    form = forms.FindingForm(request.POST or None, zone=body.time_zone)

    def do(by: Actor) -> object:
        return acts.enter_finding(by=by, line_id=line.pk, **as_typed(form), happened=form.stated)

    return enter(
        request,
        body.book_id,
        Kind.FINDING_ENTERED,
        form,
        do,
        heading=_("What the meeting finds"),
        button=_("Enter the finding"),
        back=f"{account_address(line.account)}#line-{line.ordinal}",
        meeting=line.account.meeting,
        decision=line.point.decision,
        quoted=line.text,
    )


@never_cache
@get_or_post
def hearing(request: HouseRequest, told_id: int, page: str) -> HttpResponse:
    """Enter that the meeting noted its account, or sent it back."""
    found = accounts_for(request.viewer).filter(pk=told_id).first()
    if found is None:
        raise Http404(_("There is no such account."))
    body, noting = found.meeting.body, page == "note"
    form = (forms.MoreForm if noting else forms.BecauseForm)(request.POST or None, zone=body.time_zone)
    act = acts.note_account if noting else acts.send_back_account

    def do(by: Actor) -> object:
        return act(by=by, account_id=found.pk, **as_typed(form), happened=form.stated)

    return enter(
        request,
        body.book_id,
        Kind.ACCOUNT_NOTED if noting else Kind.ACCOUNT_SENT_BACK,
        form,
        do,
        heading=_("The meeting notes the account") if noting else _("The meeting sends the account back"),
        button=_("Enter it"),
        back=account_address(found),
        meeting=found.meeting,
    )


def of_meeting(request: HouseRequest, meeting: Meeting, *, heard: bool) -> dict[str, object]:
    """Return the accounts put to a meeting, if any is, and as whom the reader can draw one up, for its page."""
    over = meeting.closed or meeting.cancelled
    found = list(accounts_for(request.viewer).filter(meeting=meeting).order_by("number")) if heard else []
    drawing = [] if over or meeting.rehearsal else request.actors_in(meeting.body.book_id, Kind.ACCOUNT_DRAWN_UP)
    waits = any(not hasattr(one, "hearing") for one in found)
    return {"accounts": found, "drawing": [] if waits else drawing, "meeting": meeting}
