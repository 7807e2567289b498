"""Pages of the desk on procedural motions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import procedural_motions, rules_on
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.views.asking import Asks, get_or_post, names_in, on_sitting, show
from hemicycle.motions.models import ProceduralMotion
from hemicycle.voting import acts, forms
from hemicycle.voting.words import Kind, procedure


def told(name: str, *, debatable: bool) -> str:
    """Return a procedural motion with whether it is debated."""
    said = procedure(name)
    return _("%(what)s (debated)") % {"what": said} if debatable else said


def known(_request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return the procedural motions that the rules know, to choose from."""
    motions = procedural_motions(rules_on(sitting.meeting.body, sitting.meeting.starts))
    return {"known": [(motion.name, told(motion.name, debatable=motion.debatable)) for motion in motions]}


move = on_sitting(
    Asks(
        Kind.PROCEDURE_MOVED,
        acts.move_procedure,
        heading=lambda _sitting: _("Procedural motion"),
        button=lambda: _("Enter the motion"),
        hint=lambda _sitting: _("The first in the list goes before all others."),
        form=forms.ProcedureForm,
        given=known,
        names=names_in,
    )
)
DECIDE: Asks[ProceduralMotion] = Asks(
    Kind.PROCEDURE_DECIDED,
    acts.decide_procedure,
    heading=lambda motion: _("%(mover)s moves %(what)s") % {"mover": motion.mover, "what": procedure(motion.name)},
    button=lambda: _("Enter the decision"),
    hint=lambda motion: _("It is debated first.") if motion.debatable else _("It is put at once, without debate."),
    form=forms.DecideForm,
    typed=lambda form: {"counted": form.hands()},
)
WITHDRAW: Asks[ProceduralMotion] = Asks(
    Kind.PROCEDURE_WITHDRAWN,
    acts.withdraw_procedure,
    heading=lambda _motion: _("Withdraw the procedural motion"),
    button=lambda: _("Withdraw it"),
)


@get_or_post
def decide(request: HouseRequest, procedure_id: int) -> HttpResponse:
    """Enter what the meeting made of a procedural motion."""
    motion = procedure_for(request, procedure_id)
    return show(request, DECIDE, motion, motion.sitting.meeting, procedure_id=motion.pk)


@get_or_post
def withdraw(request: HouseRequest, procedure_id: int) -> HttpResponse:
    """Withdraw a procedural motion."""
    motion = procedure_for(request, procedure_id)
    return show(request, WITHDRAW, motion, motion.sitting.meeting, procedure_id=motion.pk)


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
