"""Pages of the desk on procedural motions."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import procedural_motions, rules_on
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.queries import names_of, sitting_for
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.motions.models import ProceduralMotion
from hemicycle.voting import acts, forms
from hemicycle.voting.words import Kind, procedure


@get_or_post
def move(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Move how the sitting goes on."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    known = procedural_motions(rules_on(meeting.body, meeting.starts))
    form = forms.ProcedureForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        known=[(motion.name, told(motion.name, debatable=motion.debatable)) for motion in known],
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.move_procedure(
            by=by,
            sitting_id=sitting.pk,
            name=typed["name"],
            mover=typed["mover"],
            about=typed["about"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.PROCEDURE_MOVED,
        form,
        do,
        heading=_("Procedural motion"),
        button=_("Enter the motion"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("The first in the list goes before all others."),
        names=names_of(request.viewer, sitting),
    )


def told(name: str, *, debatable: bool) -> str:
    """Return a procedural motion with whether it is debated."""
    said = procedure(name)
    return _("%(what)s (debated)") % {"what": said} if debatable else said


@get_or_post
def decide(request: HouseRequest, procedure_id: int) -> HttpResponse:
    """Enter what the meeting made of a procedural motion."""
    motion = procedure_for(request, procedure_id)
    meeting = motion.sitting.meeting
    form = forms.DecideForm(request.POST or None, zone=meeting.body.time_zone)
    said = {"mover": motion.mover, "what": procedure(motion.name)}
    return enter(
        request,
        meeting.body.book_id,
        Kind.PROCEDURE_DECIDED,
        form,
        lambda by: acts.decide_procedure(by=by, procedure_id=motion.pk, counted=form.hands(), happened=form.stated),
        heading=_("%(mover)s moves %(what)s") % said,
        button=_("Enter the decision"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("It is debated first.") if motion.debatable else _("It is put at once, without debate."),
    )


@get_or_post
def withdraw(request: HouseRequest, procedure_id: int) -> HttpResponse:
    """Withdraw a procedural motion."""
    motion = procedure_for(request, procedure_id)
    meeting = motion.sitting.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.PROCEDURE_WITHDRAWN,
        form,
        lambda by: acts.withdraw_procedure(by=by, procedure_id=motion.pk, happened=form.stated),
        heading=_("Withdraw the procedural motion"),
        button=_("Withdraw it"),
        back=desk_address(meeting),
        meeting=meeting,
    )


def procedure_for(request: HouseRequest, procedure_id: int) -> ProceduralMotion:
    """Return a procedural motion; raise Http404 where the viewer may not see it."""
    motion = (
        ProceduralMotion.objects.select_related("sitting__meeting__body", "sitting__meeting__term")
        .filter(pk=procedure_id)
        .first()
    )
    if motion is None or not sees_part(request.viewer, motion.sitting.meeting, motion.access):
        raise Http404
    return motion
