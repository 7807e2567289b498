"""Pages of the desk on which what was done or entered by mistake is undone, with the reason."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings import acts
from hemicycle.meetings.forms import floor as forms
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries.struck import strikeable
from hemicycle.meetings.views.asking import Asks, on_item, on_meeting, on_sitting
from hemicycle.meetings.words import Kind

reopen_agenda = on_meeting(
    Asks(
        Kind.AGENDA_REOPENED,
        acts.reopen_agenda,
        heading=lambda _meeting: _("Take back the adoption of the agenda"),
        button=lambda: _("Take it back"),
        hint=lambda _meeting: _("The desk can change the agenda again then, until it is adopted anew."),
        form=forms.BecauseForm,
    )
)
put_back_item = on_item(
    Asks(
        Kind.ITEM_PUT_BACK,
        acts.put_back_item,
        heading=lambda item: _("Item %(number)s was taken up by mistake") % {"number": item.called},
        button=lambda: _("Put it back"),
        hint=lambda _item: _("It is to come then, as before."),
        form=forms.BecauseForm,
    )
)
undo_opening = on_sitting(
    Asks(
        Kind.SITTING_OPENING_UNDONE,
        acts.undo_opening,
        heading=lambda sitting: _("Sitting %(number)d was opened by mistake") % {"number": sitting.ordinal},
        button=lambda: _("Undo the opening"),
        hint=lambda _sitting: _("It is planned then, as before, and can be opened when it begins."),
        form=forms.BecauseForm,
    )
)


def entered(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what was entered as said in a meeting, to choose from."""
    return {"entered": [(f"{noun}:{row.pk}", told(row)) for noun, row in strikeable(request.viewer, meeting)]}


def told(row: Any) -> str:
    """Return what was entered as said, short enough to be chosen from a list."""
    return Truncator(f"{row}: {row.text}" if row.text else str(row)).chars(160)


strike = on_meeting(
    Asks(
        Kind.WORDS_STRUCK,
        acts.strike_words,
        heading=lambda _meeting: _("Something was entered in error"),
        button=lambda: _("Strike it"),
        hint=lambda _meeting: _("It stays in the book, and counts as not said. Enter the right words anew."),
        form=forms.StrikeForm,
        given=entered,
        typed=forms.StrikeForm.chosen,
    )
)
