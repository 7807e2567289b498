"""What is sent about decisions, tasks and progress."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.bodies.forms.fields import day
from hemicycle.bodies.models import Unit
from hemicycle.journal.forms import IN_THE_CALENDAR, HappenedForm, PlainForm


class FindForm(forms.Form):
    """What is looked for in the register."""

    body = forms.SlugField(required=False, max_length=80)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    q = forms.CharField(required=False, max_length=100)
    page = forms.IntegerField(required=False, min_value=1)


class ElectedForm(PlainForm):
    """Who of the elected is given the post, and for how long."""

    people = forms.MultipleChoiceField(label=_("Who was elected"), widget=forms.CheckboxSelectMultiple)
    starts = day(_("Holds it from"))
    ends = day(_("Until"), required=False)

    def __init__(self, *args: Any, elected: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Who was elected"),
            choices=elected,
            initial=[key for key, _name in elected],
            widget=forms.CheckboxSelectMultiple,
        )


class DirectiveForm(HappenedForm):
    """A task for one unit."""

    responsible_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Responsible unit"),
        empty_label=_("Choose a unit"),
        error_messages={
            "required": _("Choose the one unit that is responsible."),
            "invalid_choice": _("This unit cannot be chosen. Choose one from the list."),
        },
    )
    text = forms.CharField(
        label=_("What is to be done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what is to be done.")},
    )
    due = forms.DateField(
        label=_("Due"),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={
            "required": _("Say by which day it is to be done."),
            "invalid": _("This is not a day. Write it like 2026-03-02."),
        },
    )
    sector = forms.CharField(label=_("Sector"), required=False, max_length=100)

    def __init__(self, *args: Any, units: Any, sectors: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_unit"].queryset = units  # type: ignore[attr-defined]  # it is a ModelChoiceField
        self.fields["sector"].widget.attrs["list"] = "sectors"
        self.sectors = sectors


class ReportForm(HappenedForm):
    """A unit's report on a task."""

    narrative = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what was done so far.")},
    )
    done = forms.BooleanField(label=_("The task is done"), required=False)
    delay_reason = forms.CharField(
        label=_("Reason for the delay"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if late:
            self.fields["delay_reason"].required = True
            self.fields["delay_reason"].error_messages["required"] = _(
                "The due date has passed. Say why the task is late."
            )
        else:
            del self.fields["delay_reason"]
