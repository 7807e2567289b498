"""What is sent about consultations: the call, a unit's answer, the end."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.decisions.forms import due_day, said
from hemicycle.journal.forms import IN_THE_CALENDAR, HappenedForm

# The choice of every unit; no level is called so.
EVERY = "*"
LARGEST = 10_000_000


class CallForm(HappenedForm):
    """A call for discussion."""

    level = forms.ChoiceField(label=_("Who is asked"))
    text = said(_("What is asked, and what is to be discussed"), _("Say what the units are asked to discuss."), rows=5)
    due = due_day(_("To be answered by"))
    positions = forms.CharField(
        label=_("Positions to choose from, one on each line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave it empty where no position is asked for."),
    )
    access = forms.ChoiceField(label=_("Who can read the answers"))

    def __init__(
        self, *args: Any, levels: Sequence[tuple[str, int]], audiences: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = (EVERY, _("Every unit below (%(count)d)") % {"count": sum(count for _level, count in levels)})
        shown = [(level, f"{level} ({count})") for level, count in levels]
        self.fields["level"] = forms.ChoiceField(label=_("Who is asked"), choices=[every, *shown])
        self.fields["access"] = forms.ChoiceField(
            label=_("Who can read the answers"),
            choices=audiences,
            help_text=_("Each unit always reads its own."),
        )
        self.order_fields(["level", "text", "due", "positions", "access"])


class UnitAnswerForm(HappenedForm):
    """What a unit answers."""

    how = forms.ChoiceField(
        label=_("The unit"),
        choices=[("met", _("held a meeting on it")), ("noted", _("took note of it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the unit held a meeting or took note.")},
    )
    held = forms.DateField(
        label=_("Met on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={"invalid": _("This is not a day. Write it like 2026-03-02.")},
    )
    taking_part = forms.IntegerField(label=_("How many took part"), required=False, min_value=0, max_value=LARGEST)
    meeting = forms.TypedChoiceField(
        label=_("Its meeting, where it is kept here"), required=False, coerce=int, empty_value=None
    )
    decision = forms.TypedChoiceField(
        label=_("Its decision, where it is kept here"), required=False, coerce=int, empty_value=None
    )
    position = forms.ChoiceField(
        label=_("Its position"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the positions.")},
    )
    text = said(_("What came of it"), _("Say what came of it in the unit."), rows=6)
    plan = forms.CharField(
        label=_("What the unit set itself to do"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self,
        *args: Any,
        positions: Sequence[str],
        meetings: Iterable[tuple[int, str]],
        decisions: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("meeting", list(meetings)), ("decision", list(decisions))):
            if found:
                self.fields[name].choices = [("", _("none")), *found]  # type: ignore[attr-defined]  # a field of choices
            else:
                del self.fields[name]
        if positions:
            self.fields["position"].choices = [(one, one) for one in positions]  # type: ignore[attr-defined]  # the same
        else:
            del self.fields["position"]
