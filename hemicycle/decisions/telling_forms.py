"""What the office sends when it enters what several units told it: a few fields for each task, left empty or filled."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hemicycle.decisions.models import Directive
from hemicycle.decisions.rollup.forms import FigureAsked


class ToldForm(forms.Form):
    """What one unit told of its task. All of it left empty: it told nothing, and nothing is entered."""

    narrative = forms.CharField(label=_("What was done"), required=False, max_length=2000)
    delay_reason = forms.CharField(label=_("Reason for the delay"), required=False, max_length=2000)

    def __init__(self, sent: QueryDict | None, directive: Directive, *, late: bool, figure: FigureAsked | None) -> None:
        super().__init__(sent, prefix=str(directive.number))
        self.directive = directive
        if figure:
            typed = bool(sent and sent.get(self.add_prefix("value")))
            self.fields |= figure.fields(sent=typed)
            self.fields["value"].help_text = ""
            self.order_fields(["value", "out_of", "period", "narrative", "delay_reason"])
        if not late:
            del self.fields["delay_reason"]

    def clean(self) -> dict[str, Any]:
        """Ask of what was begun what a report cannot do without."""
        cleaned = super().clean() or self.cleaned_data
        if self.told:
            if not cleaned.get("narrative"):
                self.add_error("narrative", str(_("Say what was done so far.")))
            if "delay_reason" in self.fields and not cleaned.get("delay_reason"):
                self.add_error("delay_reason", str(_("The due date has passed. Say why the task is late.")))
        return cleaned

    @property
    def told(self) -> bool:
        """Whether anything was typed: a period alone, which is chosen beforehand, says nothing."""
        return bool(set(self.changed_data) - {"period"})
