"""The pages of an account: drawing it up, reading it, its PDF and CSV, and what the meeting does with it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.access import Access, Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.queries import names_offered
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.bodies.views.files import as_file
from hemicycle.decisions import account_paper, acts, forms
from hemicycle.decisions.models import AccountLine
from hemicycle.decisions.queries.accounts import accounts_for, line_for, lines_for, paper_seen
from hemicycle.decisions.queries.offices import officers_of
from hemicycle.decisions.views.filing import account_address, ask_to_file, asked, name_of
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.queries import items_for, meeting_for
from hemicycle.meetings.views.asking import as_typed
from hemicycle.printing.asking import ask_for


@never_cache
@get_or_post
def draw_up(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Draw up the account of a body's decisions for a meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    still = items_for(request.viewer, meeting).exclude(state__in=[AgendaItem.State.SETTLED, AgendaItem.State.CARRIED])
    items = [(item.pk, f"{item.called}. {item.title}") for item in still]
    today = today_in(meeting.body)
    able = request.actors_in(meeting.body.book_id, Kind.ACCOUNT_DRAWN_UP)
    form = forms.AccountForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        items=items,
        initial={"as_of": min(meeting.ends, today)},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        made = acts.draw_up_account(
            by=by,
            meeting_id=meeting.pk,
            item_id=sent["item"],
            as_of=sent["as_of"],
            presenter_id=sent["presenter"].pk if sent["presenter"] else None,
            happened=form.stated,
        )
        return ask_to_file(request, by, made)

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


@require_safe
def account(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Show a page of an account as the meeting has it before it."""
    found = asked(request, slug, term, ordinal, version)
    meeting = found.meeting
    heard = hasattr(found, "hearing")
    acting = [] if heard else request.actors_in(meeting.body.book_id, Kind.ACCOUNT_NOTED)
    form = forms.FindForm(request.GET)
    form.is_valid()
    shown = account_paper.told(found, lines_for(request.viewer, found), form.cleaned_data.get("page") or 1)
    over = meeting.closed or meeting.cancelled or hasattr(found, "paper")
    filing = [] if over else request.actors_in(meeting.body.book_id, Kind.ACCOUNT_FILED)
    version_seen = paper_seen(request.viewer, found)
    shown |= {"acting": acting, "meeting": meeting, "filing": filing, "paper": version_seen, "query": ""}
    return render(request, "decisions/account.html", shown)


@require_safe
def as_csv(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Give an account as a table for spreadsheets, whole."""
    found = asked(request, slug, term, ordinal, version)
    lines = lines_for(request.viewer, found)
    name = f"{slug}-{term}-{ordinal}-account-{version}.csv"
    answer = as_file(account_paper.table(lines.iterator(account_paper.ROWS)), name, "text/csv; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def pdf(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Have an account drawn as a PDF, and go to its page."""
    found = asked(request, slug, term, ordinal, version)
    closed = lines_for(request.viewer, found).exclude(access=Access.PUBLIC).exists()
    person = None if found.access == Access.PUBLIC and not closed else request.viewer.person
    page = account_address(found)
    job = ask_for(
        "hemicycle.decisions.account_paper.make",
        {"account": found.pk, "person": person, "address": request.build_absolute_uri(page)},
        book=found.meeting.body.book_id,
        person=person,
        title=_("Account %(number)d to %(meeting)s") % {"number": version, "meeting": found.meeting},
        file_name=name_of(found),
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
        back=address_of_line(request.viewer, line),
        meeting=line.account.meeting,
        decision=line.point.decision,
        quoted=line.text,
    )


def address_of_line(viewer: Viewer, line: AccountLine) -> str:
    """Return where a line stands: on which page of those that the viewer is shown."""
    before = lines_for(viewer, line.account).filter(ordinal__lt=line.ordinal).count()
    return f"{account_address(line.account)}?page={before // account_paper.PAGE + 1}#line-{before + 1}"


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
