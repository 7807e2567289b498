"""What is typed about mandates, answers to a summons and credentials."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import person_named
from hemicycle.journal.forms import IN_THE_CALENDAR, HappenedForm
from hemicycle.meetings.models.mandates import Answer, MandateCall

MOST_NAMES = 500


class PeopleField(forms.CharField):
    """Persons by name, one on each line, in their order."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> Any:
        """Return the keys of those named, in their order."""
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()][:MOST_NAMES]
        return [self.named(name).pk for name in names]

    def named(self, name: str) -> Person:
        """Return the one person with this name or short name."""
        found = person_named(name)
        if found is None:
            raise forms.ValidationError(
                _("Nobody, or more than one, is called “%(name)s”. Ask the desk for the short name."),
                params={"name": name},
            )
        return found


class CallForm(HappenedForm):
    """Which units are asked, for how many, by when."""

    units = forms.MultipleChoiceField(label=gettext_lazy("Units"), widget=forms.CheckboxSelectMultiple)
    delegates = forms.IntegerField(label=gettext_lazy("Delegates of each"), min_value=1, max_value=500)
    alternates = forms.IntegerField(label=gettext_lazy("Alternates of each, at most"), min_value=0, max_value=500)
    deadline = forms.DateField(
        label=gettext_lazy("To be named by the end of"),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={"invalid": gettext_lazy("This is not a day. Write it like 2026-03-02.")},
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.name} ({one.level})") for one in units]
        self.fields["units"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    def until(self) -> datetime:
        """Return the last moment of the deadline's day at the body's place."""
        return datetime.combine(self.cleaned_data["deadline"], datetime.max.time().replace(microsecond=0), self.zone)


class NameForm(HappenedForm):
    """Whom a unit names: persons, or a delegation by its head and number."""

    delegates = PeopleField(
        label=gettext_lazy("Delegates, one on each line"),
        required=False,
        help_text=gettext_lazy("By their full names."),
    )
    alternates = PeopleField(
        label=gettext_lazy("Alternates, one on each line"),
        required=False,
        help_text=gettext_lazy("The first is called first."),
    )
    head = forms.CharField(
        label=gettext_lazy("Or a delegation, led by"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    number = forms.IntegerField(label=gettext_lazy("of so many"), min_value=1, max_value=500, required=False)
    late_because = forms.CharField(
        label=gettext_lazy("Why it is entered after the deadline"), max_length=500, required=False
    )

    def __init__(self, *args: Any, call: MandateCall, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "delegates": "\n".join(one.person.name for one in call.mandates.all()),
            "alternates": "\n".join(one.person.name for one in call.ordered_alternates.all()),
            "head": call.head.name if call.head else "",
            "number": call.number,
            **self.initial,
        }
        if not late:
            del self.fields["late_because"]

    def clean_head(self) -> int | None:
        """Return the head of the delegation."""
        typed = self.cleaned_data["head"].strip()
        return PeopleField().named(typed).pk if typed else None


class AnswerForm(HappenedForm):
    """An answer that the desk enters for somebody."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    coming = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Answer.Coming.choices)

    def clean_person(self) -> int:
        """Return who answered."""
        return PeopleField().named(self.cleaned_data["person"].strip()).pk


class CredentialsForm(HappenedForm):
    """What the credentials officers add to the numbers."""

    text = forms.CharField(
        label=gettext_lazy("What is in doubt, or was objected to"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HandOverForm(HappenedForm):
    """Who takes a seat."""

    alternate = forms.ChoiceField(label=gettext_lazy("Who takes the seat"))

    def __init__(self, *args: Any, alternates: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternate"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(one.pk), str(one)) for one in alternates
        ]


class TakeMandateForm(HappenedForm):
    """Who uses a mandate at a sitting."""

    mandate = forms.ChoiceField(label=gettext_lazy("Mandate"))
    person = forms.CharField(
        label=gettext_lazy("Used by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: the delegate who is named for it."),
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, mandates: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(one.pk), str(one)) for one in mandates
        ]

    def clean_person(self) -> int | None:
        """Return who uses it, None for the delegate."""
        typed = self.cleaned_data["person"].strip()
        return PeopleField().named(typed).pk if typed else None
