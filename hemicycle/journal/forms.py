"""“It happened at another time”: the part of a form that states when, where that is not now."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.act import Happened
from hemicycle.journal.clock import now
from hemicycle.journal.printable import printable

# What is entered while it happens is told to the minute, and by another clock.
WITHOUT_REASON = timedelta(minutes=5)
# The first and last days of the calendar have moments that another time zone puts outside of it.
OUTSIDE = gettext_lazy("This day lies outside the calendar that is kept here. Choose another.")
IN_THE_CALENDAR = (
    MinValueValidator(date(1, 1, 3), message=OUTSIDE),
    MaxValueValidator(date(9999, 12, 29), message=OUTSIDE),
)
# What Django says of a choice that is not there, and what is said here where a form has no words of its own.
NO_CHOICE = [
    kind.default_error_messages["invalid_choice"]
    for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField)
]
NOT_TO_CHOOSE = gettext_lazy("This cannot be chosen now. Choose from the list.")
ABOUT_WHEN = ("happened", "happened_time", "happened_reason")


class WhenFields:
    """The fields of a form that state when it happened, for the partial that shows them folded away."""

    def __init__(self, form: "HappenedForm") -> None:
        self.form = form

    def __iter__(self) -> Iterator[BoundField]:
        return (self.form[name] for name in ABOUT_WHEN)

    @property
    def errors(self) -> list[str]:
        """What is wrong with these fields."""
        return [str(said) for name in ABOUT_WHEN for said in self.form.errors.get(name, ())]


class HappenedForm(forms.Form):
    """A form that can state a day, or a day and a time at the body's place, at which its act happened.

    Used alone, or as the base of an act's own form: `own` are the fields of the latter, `about_when` these three, and
    `stated` is what act() takes. `zone` is the name of the body's time zone.
    """

    happened = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={"invalid": gettext_lazy("This is not a day. Write it like 2026-03-02.")},
    )
    happened_time = forms.TimeField(
        label=gettext_lazy("Time at the place of the meeting"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("This is not a time. Write it like 14:05.")},
    )
    happened_reason = forms.CharField(
        label=gettext_lazy("Why it is entered only now"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example: kept on paper while the network was down."),
    )

    def __init__(self, *args: Any, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        # Others' fields first: when it happened stands folded away at the end.
        self.order_fields([name for name in self.fields if name not in ABOUT_WHEN])

    def full_clean(self) -> None:
        """Clean all that was sent, and leave out of it what no document could show."""
        for field in self.fields.values():
            if field.error_messages.get("invalid_choice") in NO_CHOICE:
                field.error_messages["invalid_choice"] = NOT_TO_CHOOSE
        super().full_clean()
        for name, value in getattr(self, "cleaned_data", {}).items():
            if isinstance(value, str):
                self.cleaned_data[name] = printable(value)

    @property
    def own(self) -> list[BoundField]:
        """The fields of the act itself."""
        return [field for field in self if field.name not in ABOUT_WHEN]

    @cached_property
    def about_when(self) -> WhenFields:
        """The fields that state when it happened."""
        return WhenFields(self)

    @property
    def stated(self) -> Happened | None:
        """When it happened, or None where nothing was stated: then it happens now."""
        found: Happened | None = self.cleaned_data.get("stated")
        return found

    def clean(self) -> dict[str, Any]:
        """Put day and time together, and refuse what is still to come, or past without a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if any(name in self.errors for name in ABOUT_WHEN):
            return cleaned
        day, hour, reason = cleaned.get("happened"), cleaned.get("happened_time"), cleaned.get("happened_reason", "")
        if day is None:
            if hour is not None or reason:
                self.add_error("happened", _("Say on which day it happened, or leave the other fields empty too."))
            return cleaned
        stated = self.on_day(day, reason) if hour is None else self.at_time(day, hour, reason)
        if stated is None or stated.start is None:
            self.add_error("happened_time", _("The clocks were changed that day, and this time was left out."))
        elif stated.start > now():
            self.add_error("happened", _("This is still to come. Enter it once it has happened."))
        elif (stated.end or stated.start) < now() - WITHOUT_REASON and not reason:
            self.add_error("happened_reason", _("It happened some time ago. Say why it is entered now."))
        else:
            cleaned["stated"] = stated
        return cleaned

    def on_day(self, day: date, reason: str) -> Happened:
        """Return a whole day at the place, from its first moment to its last."""
        start = datetime.combine(day, time.min, self.zone).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time.min, self.zone).astimezone(UTC)
        return Happened("date", start, end - timedelta(microseconds=1), reason)

    def at_time(self, day: date, hour: time, reason: str) -> Happened | None:
        """Return a moment at the place, or None where the clocks skipped it."""
        there = datetime.combine(day, hour, self.zone)
        moment = there.astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) != there.replace(tzinfo=None):
            return None
        return Happened("moment", moment, reason=reason)


class PlainForm(HappenedForm):
    """A form of what holds from a day on, or of what is no act: when it is entered does not matter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ABOUT_WHEN:
            del self.fields[name]

    @property
    def about_when(self) -> Any:
        """Nothing is asked about when it happened."""
        return None

    def clean(self) -> dict[str, Any]:
        """Return what was typed."""
        return self.cleaned_data


def typed_line(text: str, most: int) -> str:
    """Return what was typed where no form reads it: on one line, no longer than this, without what no record keeps."""
    return " ".join(text.replace("\0", " ").encode("utf-8", "ignore").decode().split())[:most]
