"""What is typed about the floor in rules of procedure: who is called when, and for how long."""

from django import forms
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import number, ticked
from hemicycle.bodies.rules import Budgets, SpeakFirst
from hemicycle.journal.forms import PlainForm

# In this order they stand in the form.
ON_THE_FLOOR = (
    "speak_first",
    "newcomers_first",
    "sides_alternate",
    "observers_speak",
    "speech_seconds",
    "short_seconds",
    "item_minutes",
    "time_budgets",
)


class SpeakingForm(PlainForm):
    """The rules on the floor."""

    speak_first = forms.ChoiceField(
        label=gettext_lazy("Called before all others"),
        required=False,
        choices=[
            (SpeakFirst.NONE.value, gettext_lazy("nobody")),
            (SpeakFirst.ORDER.value, gettext_lazy("points of order")),
            (SpeakFirst.ORDER_QUESTION.value, gettext_lazy("points of order, then questions")),
        ],
    )
    newcomers_first = ticked(gettext_lazy("Who has not spoken on the item yet comes first"))
    sides_alternate = ticked(gettext_lazy("Speakers for and against are called by turns"))
    observers_speak = ticked(gettext_lazy("Observers and staff can ask for the floor"))
    speech_seconds = number(
        gettext_lazy("Seconds for a speech"),
        most=86_400,
        required=False,
        hint=gettext_lazy("180 are three minutes. Empty: no limit."),
    )
    short_seconds = number(
        gettext_lazy("Seconds for a question, a point of order, an interruption or a reply"),
        most=86_400,
        required=False,
        hint=gettext_lazy("Empty: as for a speech."),
    )
    item_minutes = number(
        gettext_lazy("Minutes for all speeches on an item"),
        most=1440,
        required=False,
        hint=gettext_lazy("Empty: no limit. The desk can set others for a single item."),
    )
    time_budgets = forms.ChoiceField(
        label=gettext_lazy("The groups share these minutes"),
        required=False,
        choices=[
            (Budgets.NONE.value, gettext_lazy("not at all")),
            (Budgets.EQUAL.value, gettext_lazy("equally")),
            (Budgets.MEMBERS.value, gettext_lazy("by their members")),
        ],
    )
