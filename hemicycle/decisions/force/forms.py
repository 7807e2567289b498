"""What is sent when a decision is certified with more than its text: its sort, its days, and what it changes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import day
from hemicycle.decisions.force.naming import Changing
from hemicycle.decisions.force.words import TYPES
from hemicycle.decisions.models import Change, Decision
from hemicycle.journal.forms import HappenedForm

# A number; or the body's name in addresses and a number, alone or as they stand in a decision's address.
NAMED = re.compile(r"(?:(?:\S*/bodies/)?([\w-]{1,80})/(?:decisions/)?)?(\d{1,9})/?", re.ASCII)
MOST = 50


class ChangedField(forms.CharField):
    """The numbers of decisions that are changed, with commas between them."""

    def __init__(self, how: str, label: Any) -> None:
        hint = gettext_lazy("Their numbers, as 3, 7; of another body the address of the decision.")
        super().__init__(label=label, required=False, max_length=2000, help_text=hint)
        self.how = how

    def clean(self, value: Any) -> list[Changing]:
        """Return which decisions are named."""
        named = re.split(r"[\s,;]+", super().clean(value).strip(" ,;"))
        return [self.read(one) for one in named[: MOST + 1] if one] if len(named) <= MOST else self.too_many()

    def read(self, named: str) -> Changing:
        """Return which decision is named."""
        found = NAMED.fullmatch(named)
        if found is None:
            raise forms.ValidationError(
                _("“%(named)s” is no number of a decision. Write it like 3, or copy the address of its page.")
                % {"named": named[:80]}
            )
        return Changing(self.how, int(found[2]), found[1] or "")

    def too_many(self) -> list[Changing]:
        """Refuse more than anybody means."""
        raise forms.ValidationError(_("These are too many for one decision: no more than %(most)d.") % {"most": MOST})


class CertifyForm(HappenedForm):
    """The sort and the days of a decision, and what it changes."""

    type = forms.ChoiceField(label=gettext_lazy("Type of decision"), required=False)
    effective = day(
        gettext_lazy("Takes effect on"), required=False, hint=gettext_lazy("Empty: on the day it is certified.")
    )
    expires = day(
        gettext_lazy("Holds until"),
        required=False,
        hint=gettext_lazy("The last day on which it holds. Empty: until a later decision ends it."),
    )
    amends = ChangedField(Change.How.AMENDS, gettext_lazy("Amends decisions"))
    supersedes = ChangedField(Change.How.SUPERSEDES, gettext_lazy("Takes the place of decisions"))
    repeals = ChangedField(Change.How.REPEALS, gettext_lazy("Repeals decisions"))

    def __init__(self, *args: Any, election: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election:
            del self.fields["type"]
            return
        known = [(value, label) for value, label in TYPES.items() if value != Decision.Type.ELECTION]
        self.fields["type"].choices = known  # type: ignore[attr-defined]  # it is a ChoiceField

    @property
    def changes(self) -> list[Changing]:
        """Every decision that is changed."""
        return [one for how in Change.How.values for one in self.cleaned_data[how]]
