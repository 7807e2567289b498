"""The pages of decisions: the register, and a decision with its tasks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.acts import Holding, give_posts
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body
from hemicycle.bodies.sections import sections
from hemicycle.bodies.views.entering import enter, get_or_post
from hemicycle.bodies.words import Kind as Bodies
from hemicycle.decisions import acts, forms, queries
from hemicycle.decisions.acts.certifying import TYPES as USUAL
from hemicycle.decisions.elected import Elected, elected_by
from hemicycle.decisions.force.forms import CertifyForm
from hemicycle.decisions.force.reading import stood_on, told
from hemicycle.decisions.force.words import TYPES
from hemicycle.decisions.models import Account, Decision
from hemicycle.decisions.queries.found import tell_findings_on
from hemicycle.decisions.views import accounts
from hemicycle.decisions.views.handing import enter as enter_decision
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.views.entering import address_after
from hemicycle.motions.models import Motion
from hemicycle.voting.forms import stated
from hemicycle.voting.models import Ballot
from hemicycle.voting.queries import ballot_for, outcome_facts, result_of
from hemicycle.voting.words import arithmetic

ON_A_BODYS_PAGE = 10
PARTS = ("decisions", "accounts", "drawing")


@require_GET
def decision(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show a decision: its points, the tasks from each, and what the units report."""
    found = queries.decision_for(request.viewer, slug, number)
    today = today_in(found.body)
    asked = forms.DayForm(request.GET)
    day = (asked.is_valid() and asked.cleaned_data["on"]) or today
    (stood,) = stood_on(request.viewer, [found], day) if getattr(found, "changed", True) else told([found], day, [])
    points = queries.points_of(request.viewer, found, today)
    tell_findings_on(request.viewer, found, points)
    return render(
        request,
        "decisions/decision.html",
        {
            "decision": found,
            "stood": stood,
            "asked": asked,
            "type": TYPES[Decision.Type(found.type)],
            "points": points,
            "rows": [(one.point.ordinal, *row) for one in points for row in queries.in_rows(one.tasks)],
            "outcome": arithmetic(outcome_facts(found.result)),
            "result": found.result,
            "issuing": request.actors_in(found.body.book_id, Kind.DIRECTIVE_ISSUED),
            "giving": gives_posts(request, found),
            "sections": sections("HEMICYCLE_DECISION_SECTIONS", request, found),
        },
        status=200 if asked.is_valid() else 422,
    )


def of_ballot(request: HouseRequest, ballot: Ballot) -> str:
    """Return the decision that a ballot came to, or the button that makes one of it, for its page."""
    result = queries.count_with_decision(ballot)
    if result is None or result.certified is None or not result.carried or ballot.amendment_id:
        return ""
    made = getattr(result, "decision", None)
    certifying = [] if made else request.actors_in(ballot.sitting.meeting.body.book_id, Kind.DECISION_CERTIFIED)
    shown = {"ballot": ballot, "decision": made, "certifying": certifying}
    return render_to_string("decisions/of_ballot.html", shown, request) if made or certifying else ""


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return what a meeting decided and the accounts put to it, for its page."""
    # Many meetings have neither: one question for both, and a further one only for what there is.
    has = [Exists(of.objects.filter(meeting=OuterRef("pk"))) for of in (Decision, Account)]
    decided, heard = Meeting.objects.filter(pk=meeting.pk).values_list(*has).get()
    found = queries.decisions_for(request.viewer).filter(meeting=meeting).order_by("number")
    shown = {"decisions": list(found) if decided else [], **accounts.of_meeting(request, meeting, heard=heard)}
    return render_to_string("decisions/of_meeting.html", shown, request) if any(shown[name] for name in PARTS) else ""


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the last decisions of a body, for its page."""
    found = list(queries.decisions_for(request.viewer).filter(body=body)[:ON_A_BODYS_PAGE])
    return render_to_string("decisions/of_body.html", {"decisions": found, "body": body}, request) if found else ""


def gives_posts(request: HouseRequest, found: Decision) -> Elected | None:
    """Return whom the reader can give the post to which a decision elected them."""
    if not found.result.election or not request.actors_in(found.body.book_id, Bodies.POSTS_GIVEN):
        return None
    elected = elected_by(found)
    return elected if elected and elected.waiting else None


@get_or_post
def give_elected(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the post to those whom a decision elected to it."""
    found = queries.decision_for(request.viewer, slug, number)
    elected = gives_posts(request, found)
    if elected is None:
        raise Http404(_("Nobody waits for a post by this decision."))
    election, post = elected.election, elected.post
    form = forms.ElectedForm(
        request.POST or None,
        elected=[(str(person.pk), person.name) for person in elected.waiting],
        initial={"starts": election.starts or found.effective, "ends": election.ends},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        held = [Holding(post.pk, int(key), typed["starts"], typed["ends"]) for key in typed["people"]]
        return give_posts(by=by, holdings=held, decided_by=elected.entry)

    hint = _("Seats, groups and earlier holders are entered on the page of the posts.")
    if elected.unknown:
        said = {"names": ", ".join(elected.unknown)}
        hint = _("Not known here by name, and given the post once they are: %(names)s.") % said + " " + hint
    return enter(
        request,
        found.body,
        Bodies.POSTS_GIVEN,
        form,
        do,
        heading=_("Give the post “%(title)s” to the elected") % {"title": post.title},
        button=_("Give them the post"),
        back=queries.decision_address(found),
        hint=hint,
    )


@never_cache
@get_or_post
def certify_with(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Make a decision of a ballot's certified result, of another sort, with other days, or one that changes others."""
    ballot = ballot_for(request.viewer, ballot_id)
    result = result_of(ballot)
    if result is None:
        raise Http404(_("Nothing was counted on this ballot."))
    kind, body = ballot.motion.kind, ballot.sitting.meeting.body
    form = CertifyForm(
        request.POST or None,
        zone=body.time_zone,
        election=kind == Motion.Kind.ELECTION,
        initial={"type": USUAL.get(kind, Decision.Type.DECISION)},
    )

    def do(by: Actor) -> object:
        days = {name: form.cleaned_data[name] for name in ("effective", "expires")}
        sort = form.cleaned_data.get("type", "")
        return acts.certify_decision(
            by=by, result_id=result.pk, sort=sort, **days, changes=form.changes, happened=form.stated
        )

    return enter_decision(
        request,
        body.book_id,
        Kind.DECISION_CERTIFIED,
        form,
        do,
        heading=_("Certify the decision"),
        button=_("Certify the decision"),
        back=reverse("voting:ballot", args=[ballot.pk]),
        hint=_("It gets its number. From then on only a later decision changes it."),
        meeting=ballot.sitting.meeting,
    )


@login_required
@require_POST
def certify(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Make a decision of a ballot's certified result."""
    ballot = ballot_for(request.viewer, ballot_id)
    result = result_of(ballot)
    if result is None:
        raise Http404(_("Nothing was counted on this ballot."))
    body = ballot.sitting.meeting.body
    happened = stated(HappenedForm(request.POST, zone=body.time_zone))
    made = acts.certify_decision(
        by=request.actor_for(body.book_id, Kind.DECISION_CERTIFIED), result_id=result.pk, happened=happened
    )
    messages.success(request, _("This is decision %(number)d now.") % {"number": made.number})
    return redirect(address_after(request) or reverse("decisions:decision", args=[body.slug, made.number]))
