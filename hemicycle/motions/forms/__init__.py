"""What is typed about motions. Forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy

from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms import PersonField, written
from hemicycle.motions.models import Amendment, Motion

EMPTY_POINTS, MOST_POINTS, LONGEST_TITLE = 12, 200, 300


class PointForm(forms.Form):
    """A point of a motion."""

    text = written(gettext_lazy("Point"), rows=2, required=False)
    operational = forms.BooleanField(label=gettext_lazy("asks somebody to do something"), required=False)


def point_forms(data: Any, points: Sequence[tuple[str, bool]] = ()) -> "BaseFormSet[PointForm]":
    """Return the forms of the points: those there are, and a few empty ones."""
    made = formset_factory(PointForm, extra=EMPTY_POINTS, max_num=MOST_POINTS, validate_max=True)
    if data is not None:
        # Compared with nothing: a point sent as it was is a point, not one left empty.
        return made(data, prefix="points")
    there = [{"text": said, "operational": operational} for said, operational in points]
    return made(prefix="points", initial=there)


def points_of(forms_of_points: "BaseFormSet[PointForm]") -> list[tuple[str, bool]]:
    """Return the points as they were typed, in order; the acts leave out the empty ones."""
    typed = (form.cleaned_data for form in forms_of_points)
    return [(one.get("text", ""), one.get("operational", False)) for one in typed]


class MotionForm(HappenedForm):
    """A motion to table."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is moved"),
        choices=[choice for choice in Motion.Kind.choices if choice[0] != Motion.Kind.ELECTION],
    )
    title = written(gettext_lazy("Title"), most=LONGEST_TITLE)
    mover = written(
        gettext_lazy("Moved by"),
        required=False,
        most=200,
        hint=gettext_lazy("A bureau, a unit or several persons. Empty where you move it yourself."),
    )
    mover_person = PersonField(label=gettext_lazy("Or by one person"), required=False, max_length=200)
    preamble = written(gettext_lazy("Preamble"), rows=4, required=False)


class RevisionForm(HappenedForm):
    """A new version of a motion."""

    preamble = written(gettext_lazy("Preamble"), rows=4, required=False)


class WithdrawForm(HappenedForm):
    """The withdrawal of a motion."""

    because = written(gettext_lazy("Why, in a sentence"), required=False, most=500)


class AmendmentForm(HappenedForm):
    """A change to the text of a motion."""

    target = forms.ChoiceField(label=gettext_lazy("What is changed"), choices=Amendment.Target.choices)
    point = forms.IntegerField(
        label=gettext_lazy("Point"),
        required=False,
        min_value=0,
        max_value=MOST_POINTS,
        help_text=gettext_lazy("The number of the point; of a new first point 0. Empty for the preamble."),
    )
    text = written(gettext_lazy("How it shall read"), rows=4, required=False)
    operational = forms.BooleanField(label=gettext_lazy("asks somebody to do something"), required=False)
    mover = written(
        gettext_lazy("Moved by"), required=False, most=200, hint=gettext_lazy("Empty where you move it yourself.")
    )
    mover_person = PersonField(label=gettext_lazy("Or by one person"), required=False, max_length=200)
