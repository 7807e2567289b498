"""What is typed to found, move and end units, and to found bodies."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import day, unit_choices, written
from hemicycle.bodies.models import Unit
from hemicycle.journal.forms import PlainForm


class FoundUnitForm(PlainForm):
    """A unit to found below another."""

    name = written(gettext_lazy("Name"))
    level = written(gettext_lazy("Level"), most=60, hint=gettext_lazy("For example: region, branch, section."))
    founded = day(gettext_lazy("Founded on"), required=False)


class MoveUnitForm(PlainForm):
    """Where a unit stands from a day."""

    under = forms.ChoiceField(label=gettext_lazy("Under"))
    starts = day(gettext_lazy("From"))

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = unit_choices(without=unit)  # type: ignore[attr-defined]  # a ChoiceField


class EndUnitForm(PlainForm):
    """The end of a unit, and what follows it."""

    ends = day(gettext_lazy("Ended on"), hint=gettext_lazy("The first day on which it is no longer there."))
    successor = forms.ChoiceField(label=gettext_lazy("What follows it"), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = unit_choices(str(gettext_lazy("nothing")), without=unit)
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class FoundBodyForm(PlainForm):
    """A further body of a unit."""

    name = written(gettext_lazy("Name"))
    kind = written(
        gettext_lazy("Kind"), most=60, hint=gettext_lazy("For example: council, board, general meeting, committee.")
    )
    time_zone = written(gettext_lazy("Time zone"), most=60, hint=gettext_lazy("Like Europe/Berlin."))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def clean_time_zone(self) -> str:
        """Return the time zone where it is one."""
        typed: str = self.cleaned_data["time_zone"].strip()
        if typed not in available_timezones():
            raise forms.ValidationError(gettext_lazy("This is no time zone. Write it like Europe/Berlin."))
        return typed
