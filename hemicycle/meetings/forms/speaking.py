"""What is typed about the floor: who asks for it and what for, and how long it may be had."""

from django import forms
from django.utils.translation import gettext_lazy

from hemicycle.journal.forms import HappenedForm, PlainForm
from hemicycle.meetings.forms import PersonField, written
from hemicycle.meetings.models import TurnKind
from hemicycle.meetings.queue import ASKED_FOR

LABELS = {
    TurnKind.COMMENT: gettext_lazy("To speak"),
    TurnKind.FOR: gettext_lazy("To speak for it"),
    TurnKind.AGAINST: gettext_lazy("To speak against it"),
    TurnKind.QUESTION: gettext_lazy("A question"),
    TurnKind.ORDER: gettext_lazy("A point of order"),
    TurnKind.INTERRUPTION: gettext_lazy("An interruption of who speaks"),
    TurnKind.REPLY: gettext_lazy("A reply to an interruption"),
}
TO_ASK = [(kind.value, LABELS[kind]) for kind in ASKED_FOR]


class SlotForm(forms.Form):
    """What somebody asks the floor for."""

    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=TO_ASK)


class ListForm(PlainForm):
    """Somebody whom the desk puts on the list."""

    speaker = PersonField(label=gettext_lazy("Who asks for the floor"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=TO_ASK, widget=forms.RadioSelect, initial=TurnKind.COMMENT
    )


class FloorForm(HappenedForm):
    """Somebody to whom the chair gives the floor beside the list."""

    speaker = PersonField(label=gettext_lazy("Who has the floor"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[(kind.value, LABELS[kind]) for kind in TurnKind],
        widget=forms.RadioSelect,
        initial=TurnKind.COMMENT,
    )


class LimitForm(HappenedForm):
    """How long speeches on an item may be, where the rules are not to hold."""

    speech_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds for a speech"),
        required=False,
        min_value=0,
        max_value=86_400,
        help_text=gettext_lazy("Empty: as the rules say. 0: no limit."),
    )
    item_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for all speeches on the item"),
        required=False,
        min_value=0,
        max_value=1440,
        help_text=gettext_lazy("Empty: as the rules say. 0: no limit."),
    )


class HoldForm(HappenedForm):
    """Why the clock of a speech is held."""

    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)
