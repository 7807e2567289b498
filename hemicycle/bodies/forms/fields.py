"""The fields that forms about bodies share."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import person_named
from hemicycle.journal.forms import IN_THE_CALENDAR
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence

FRACTION = re.compile(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*", re.ASCII)


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={"invalid": gettext_lazy("This is not a day. Write it like 2026-03-02.")},
    )


def number(label: Any, *, least: int = 0, most: int = 100_000, required: bool = True, hint: Any = "") -> Any:
    """Return a field for a whole number."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, help_text=hint)


def written(label: Any, *, most: int = 200, required: bool = True, hint: Any = "") -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


class ShareField(forms.CharField):
    """A fraction like 1/2."""

    def clean(self, value: Any) -> Any:
        """Return numerator and denominator, or nothing where it may be left out."""
        typed = super().clean(value)
        if not typed:
            return None
        found = FRACTION.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(_("Write a fraction like 1/2. 0/1 means however few, 1/1 means all."))
        return int(found[1]), int(found[2])


def chosen(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a choice of one."""
    return forms.ChoiceField(label=label, choices=choices)


def ticked(label: Any) -> forms.BooleanField:
    """Return a tick."""
    return forms.BooleanField(label=label, required=False)


class NamedPersonField(forms.CharField):
    """A person by name; where two have the same, the short name stands behind it in brackets."""

    widget = forms.TextInput(attrs={"list": "names", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """Return the one person who is meant."""
        typed = super().clean(value)
        found = person_named(typed)
        if found is None:
            raise forms.ValidationError(
                _("Nobody, or more than one, is called “%(name)s”. Choose one of the names that the field offers."),
                params={"name": typed},
            )
        return found


def unit_choices(empty: str = "", *, without: Unit | None = None) -> list[tuple[str, str]]:
    """Return the units that have not ended, to choose from."""
    units = Unit.objects.filter(ended=None).order_by("name", "pk")
    first = [("", empty)] if empty else []
    return first + [(str(one.pk), f"{one.name} ({one.level})") for one in units if one != without]


def decision_choices(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return the decisions that can have given a post, to choose from."""
    return [("", _("none is named")), *((str(entry.pk), f"{entry.number}. {sentence(entry)}") for entry in entries)]


def key(typed: str) -> int | None:
    """Return the key that a choice stands for, None for the empty one."""
    return int(typed) if typed else None


def iso(value: date | None) -> str:
    """Return a day as a field of the browser takes it."""
    return value.isoformat() if value else ""
