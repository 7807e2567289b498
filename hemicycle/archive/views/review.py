"""The review of a source: its page beside what is proposed, each proposal accepted, corrected or rejected."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemicycle.accounts import entering
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.request import HouseRequest
from hemicycle.archive import acts, drafts, forms
from hemicycle.archive.fields import FIELDS, GROUPS
from hemicycle.archive.models import Archive, ArchivedMeeting, Claim, Reading, Source
from hemicycle.archive.queries.homes import source_for
from hemicycle.archive.queries.review import (
    Review,
    Typed,
    bodies_to_choose,
    meetings_like,
    people_named,
    proposal,
    proposed_body,
    review_of,
    reviewers,
    with_typed,
)
from hemicycle.archive.views.sources import importer
from hemicycle.archive.words import Kind
from hemicycle.bodies.acts import found_body
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Actor, Refused


def under_review(request: HouseRequest, pk: int) -> tuple[Source, Reading]:
    """Return a source that the reader may review, with its reading; raise Http404 otherwise."""
    found = source_for(request.viewer, pk)
    reading = getattr(found, "reading", None)
    if reading is None or not reading.done or not reviewers(request.actors, found):
        raise Http404
    return found, reading


@login_required
@never_cache
@require_GET
def review(request: HouseRequest, source_id: int) -> HttpResponse:
    """Show a source under review."""
    found, reading = under_review(request, source_id)
    return shown(request, found, reading, review_of(reading))


def shown(
    request: HouseRequest,
    found: Source,
    reading: Reading,
    made: Review,
    form: forms.AddForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of a review."""
    told = {
        "source": found,
        "reading": reading,
        "review": made,
        "report": found.report,
        "form": form or forms.AddForm(),
    }
    return render(request, "archive/review.html", told, status=422 if form and form.errors else status)


@login_required
@require_POST
def claim(request: HouseRequest, claim_id: int) -> HttpResponse:
    """Accept, correct or reject one proposal, and go on to the next that nobody looked at."""
    one = get_object_or_404(Claim.objects.select_related("reading__source"), pk=claim_id)
    found, reading = under_review(request, one.reading.source_id)
    person, mark = request.viewer.person, request.POST.get("mark", "")
    sent = {name: str(value) for name, value in request.POST.items()}
    try:
        made = drafts.correct_claim(one, sent, person) if mark == "corrected" else drafts.mark_claim(one, mark, person)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return wrongly_typed(request, found, reading, one, sent, refusal.sentence)
    if request.headers.get("HX-Request"):
        return one_card(request, found, reading, made)
    onward = reading.claims.filter(mark=Claim.Mark.OPEN, ordinal__gt=one.ordinal).order_by("ordinal").first()
    place = f"claim-{onward.pk}" if onward and mark != "open" else f"claim-{claim_id}"
    return redirect(f"{reverse('archive:review', args=[found.pk])}#{place}")


def wrongly_typed(
    request: HouseRequest, found: Source, reading: Reading, one: Claim, sent: dict[str, str], sentence: str
) -> HttpResponse:
    """Show what is wrong with a correction where it was typed, with what was typed."""
    if request.headers.get("HX-Request"):
        card = {"source": found, "one": with_typed(proposal(one, reading.text, people_named([one])), sent, sentence)}
        return render(request, "archive/card.html", card, status=422)
    return shown(request, found, reading, review_of(reading, Typed(one.pk, sent, sentence)), status=422)


def one_card(request: HouseRequest, found: Source, reading: Reading, made: Claim) -> HttpResponse:
    """Return one proposal as it is now, with how far the review is."""
    gone = made.pk is None
    claims = reading.claims.exclude(mark=Claim.Mark.NOT_STATED)
    whole = claims.count()
    looked = whole - claims.filter(mark=Claim.Mark.OPEN).count()
    told = {
        "source": found,
        "one": None if gone else proposal(made, reading.text, people_named([made])),
        "looked": looked,
        "whole": whole,
        "left": whole - looked,
    }
    return render(request, "archive/card_alone.html", told)


@login_required
@require_POST
def rest(request: HouseRequest, source_id: int) -> HttpResponse:
    """Accept what was not looked at in one group of proposals, or note that a field is not stated."""
    found, reading = under_review(request, source_id)
    group, silent = request.POST.get("group", ""), request.POST.get("not_stated", "")
    person = request.viewer.person
    if silent:
        drafts.not_stated(reading, silent, person)
        return redirect(f"{reverse('archive:review', args=[found.pk])}#silent")
    if group not in GROUPS:
        raise Http404
    others = reading.claims.exclude(field__in=FIELDS).values_list("field", flat=True) if group == "other" else []
    fields = [name for name, field in FIELDS.items() if field.group == group]
    drafts.accept_rest(reading, [*fields, *others], person)
    return redirect(f"{reverse('archive:review', args=[found.pk])}#group-{group}")


@login_required
@never_cache
@require_POST
def add(request: HouseRequest, source_id: int) -> HttpResponse:
    """Add a fact that the machine missed."""
    found, reading = under_review(request, source_id)
    form = forms.AddForm(request.POST)
    if form.is_valid():
        try:
            made = drafts.add_claim(reading, form.cleaned_data, request.viewer.person)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return redirect(f"{reverse('archive:review', args=[found.pk])}#claim-{made.pk}")
    return shown(request, found, reading, review_of(reading), form)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HouseRequest, source_id: int) -> HttpResponse:
    """Let a reviewed reading into the record."""
    found, reading = under_review(request, source_id)
    bodies = list(bodies_to_choose(request.actors, found))
    founds = any(actor.capacity == Capacity.ADMINISTRATOR for actor in reviewers(request.actors, found))
    name, body = proposed_body(reading, bodies)
    meetings = meetings_like(reading, bodies)
    alike = next((one for one, same in meetings if same and one.archive.body == body), None)
    begin = {
        "body": body.pk if body else forms.NEW if founds else "",
        "name": "" if body else name,
        "meeting": alike.pk if alike else forms.APART,
    }
    form = forms.ImportForm(request.POST or None, bodies=bodies, founds=founds, meetings=meetings, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            report = imported(request, found, form.cleaned_data, bodies)
        except Refused as refusal:
            entering.show_beside(form, refusal)
        else:
            messages.success(request, _("It stands in the record now, each fact with its passage."))
            return redirect("archive:meeting", report)
    told = {"source": found, "reading": reading, "form": form, "alike": alike, "named": name, "left": left_in(reading)}
    return render(request, "archive/import.html", told, status=422 if form.errors else 200)


def left_in(reading: Reading) -> int:
    """Return how many proposals were not looked at."""
    return reading.claims.filter(mark=Claim.Mark.OPEN).count()


def imported(request: HouseRequest, found: Source, sent: dict[str, str], bodies: list[Body]) -> int:
    """Import a source where the form says; return the key of its meeting."""
    joining = None
    if sent["meeting"] != forms.APART:
        joining = ArchivedMeeting.objects.select_related("archive").get(pk=sent["meeting"])
        if str(joining.archive.body_id) != sent["body"]:
            # Before a body is founded or an archive opened for it.
            sentence = _("This meeting stands in another archive.")
            raise Refused("meeting_elsewhere", sentence, status=422, field="meeting")
    body, by = where(request, found, sent, bodies)
    if not Archive.objects.filter(body=body).exists():
        refuse_early(found)
    archive, keeps = acts.archive_of(body, by)
    report = acts.import_meeting(
        by=keeps,
        archive_id=archive.pk,
        source_id=found.pk,
        meeting_id=joining.pk if joining else None,
        apart=joining is None,
    )
    return report.meeting_id


def refuse_early(found: Source) -> None:
    """Refuse what the act would refuse, before anything is founded or opened for it."""
    if found.report:
        raise Refused("source_imported", _("This source was imported already. Nothing was entered twice."))
    if left := left_in(found.reading):
        raise Refused(
            "not_reviewed",
            _("Proposals that were not looked at yet: %(count)d. Accept, correct or reject them first.")
            % {"count": left},
        )
    if not found.reading.claims.exclude(mark__in=(Claim.Mark.REJECTED, Claim.Mark.NOT_STATED)).exists():
        raise Refused("nothing_stated", _("Nothing of this page was accepted, so there is no meeting to enter."))


def where(request: HouseRequest, found: Source, sent: dict[str, str], bodies: list[Body]) -> tuple[Body, Actor]:
    """Return the body whose archive is meant, founded now where the reviewer says so, and as whom to act there."""
    if sent["body"] != forms.NEW:
        body = next(one for one in bodies if str(one.pk) == sent["body"])
        by = importer(request, body)
        if by is None:
            raise Http404
        return body, by
    able = [actor for actor in request.actors if actor.capacity == Capacity.ADMINISTRATOR]
    if not able:
        raise Http404
    by = request.actor_for(able[0].book, Kind.MEETING_IMPORTED)
    if not sent["name"].strip() or not sent["unit"]:
        raise Refused("no_name", _("A body needs a name, and a unit in which it decides."), status=422, field="name")
    refuse_early(found)
    unit = sent["unit"]
    founded = found_body(
        by=by.with_once(None),
        unit_id=unit.pk,  # type: ignore[attr-defined]  # the form gives the unit itself
        name=sent["name"].strip(),
        kind=_("body of the archive"),
        time_zone="UTC",
    )
    return founded, by
