"""What is looked for in the register of decisions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.models import Body
from hemicycle.decisions.force.words import STATES, TYPES
from hemicycle.decisions.forms import DayForm
from hemicycle.decisions.queries.registering import Choices

NOT_KNOWN = {"invalid_choice": gettext_lazy("There is nothing of this name to choose. Choose one from the list.")}


class RegisterForm(DayForm):
    """What is looked for. What cannot be read is left out, and said beside its field."""

    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    body = forms.SlugField(label=gettext_lazy("Body"), required=False, max_length=80, widget=forms.Select)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1, max_value=9999, widget=forms.Select
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, error_messages=NOT_KNOWN)
    type = forms.ChoiceField(label=gettext_lazy("Type of decision"), required=False, error_messages=NOT_KNOWN)
    term = forms.IntegerField(
        label=gettext_lazy("Term"), required=False, min_value=1, max_value=9999, widget=forms.Select
    )
    sector = forms.CharField(label=gettext_lazy("Sector of a task"), required=False, max_length=100)
    unit = forms.CharField(label=gettext_lazy("Unit with a task"), required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    field_order = ("q", "body", "year", "state", "on", "type", "term", "sector", "unit")

    def __init__(self, *args: Any, bodies: Iterable[Body], choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(value, label) for value, label in TYPES.items() if value in choices.types]
        self.offer("body", _("all bodies"), [(one.slug, one.name) for one in bodies])
        self.offer("year", _("all years"), [(year, year) for year in choices.years])
        self.offer("term", _("all terms"), [(term, term) for term in choices.terms])
        self.fields["state"].choices = [("", _("any")), *STATES.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["type"].choices = [("", _("any")), *TYPES.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["type"].widget.choices = [("", _("any")), *types]

    def offer(self, name: str, nothing: str, choices: list[tuple[Any, Any]]) -> None:
        """Let one of these be chosen."""
        self.fields[name].widget.choices = [("", nothing), *choices]

    @property
    def often(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [self[name] for name in ("q", "body", "year", "state") if name in self.fields]

    @property
    def seldom(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in ("on", "type", "term", "sector", "unit")]

    @property
    def seldom_used(self) -> bool:
        """Whether one of those is asked for."""
        return any(self.data.get(field.name) for field in self.seldom)
