"""The page of the consent agenda: the desk ticks what nobody objects to, and it is decided at once."""

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.views.asking import Asks, names_in, on_sitting
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.words import Kind


def offered(request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return the motions that can be decided together, by their items; none to who may not decide."""
    meeting = sitting.meeting
    if not request.actors_in(meeting.body.book_id, Kind.CONSENT_AGENDA_DECIDED):
        return {"offered": []}
    label = _("Item %(item)s: %(motion)s")
    motions = queries.for_consent(meeting)
    return {"offered": [(str(one.pk), label % {"item": one.item.called, "motion": one.title}) for one in motions]}


consent_agenda = on_sitting(
    Asks(
        Kind.CONSENT_AGENDA_DECIDED,
        acts.decide_consent_agenda,
        heading=lambda _sitting: _("Consent agenda"),
        button=lambda: _("Enter that they are adopted together"),
        hint=lambda _sitting: _(
            "These motions stand each alone on an item to come. The chair reads them out and asks whether anybody "
            "objects; untick what somebody objects to."
        ),
        form=forms.ConsentAgendaForm,
        given=offered,
        typed=lambda form: form.decided(),
        names=names_in,
    )
)
