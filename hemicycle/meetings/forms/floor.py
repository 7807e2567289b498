"""What the desk types about a sitting under way. Forms only parse; what holds is asked by the acts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.access import Access
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms import Named, PersonField, choices, day, written
from hemicycle.meetings.models import Organ, Speech

MOST_IN_AN_ORGAN = 60


def time_of_day(label: Any, *, required: bool = True) -> forms.TimeField:
    """Return a field for a time of the day at the body's place, empty to begin with."""
    wrong = {"invalid": gettext_lazy("This is not a time. Write it like 14:05.")}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget, error_messages=wrong)


class SuspendForm(HappenedForm):
    """Why a sitting is suspended, and until when."""

    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)
    until = time_of_day(gettext_lazy("Until, where a time is named"), required=False)

    @property
    def until_moment(self) -> datetime | None:
        """The time named, today at the body's place."""
        typed = self.cleaned_data.get("until")
        return datetime.combine(now().astimezone(self.zone).date(), typed, self.zone) if typed else None


class AdjournForm(HappenedForm):
    """When the meeting goes on, where no later sitting is planned."""

    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)
    day = day(gettext_lazy("Day on which it goes on"))
    starts = time_of_day(gettext_lazy("from"), required=False)
    ends = time_of_day(gettext_lazy("until"), required=False)

    def __init__(self, *args: Any, planned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].required = False
        if planned:
            for name in ("day", "starts", "ends"):
                del self.fields[name]

    def times(self) -> tuple[datetime | None, datetime | None]:
        """Return when the sitting begins and ends in which the meeting goes on, where that was typed."""
        typed = self.cleaned_data
        if not typed.get("day") or not typed.get("starts") or not typed.get("ends"):
            return None, None
        first, last = (datetime.combine(typed["day"], typed[name], self.zone) for name in ("starts", "ends"))
        return first, last


class BecauseForm(HappenedForm):
    """The reason for undoing something."""

    because = written(gettext_lazy("Why"), most=500)


class StrikeForm(BecauseForm):
    """Which words were entered in error, and why they are struck."""

    words = forms.ChoiceField(label=gettext_lazy("What was entered in error"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, entered: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].choices = list(entered)  # type: ignore[attr-defined]  # a ChoiceField
        self.order_fields(["words", "because"])

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, for the act."""
        noun, _colon, key = self.cleaned_data["words"].partition(":")
        return {"noun": noun, "key": int(key), "because": self.cleaned_data["because"]}


class PrivateForm(HappenedForm):
    """Who stays when a sitting goes into private."""

    access = forms.ChoiceField(
        label=gettext_lazy("Who stays"),
        choices=[
            (Access.BODY, gettext_lazy("the members of the body alone")),
            (Access.PARTICIPANTS, gettext_lazy("everybody who takes part")),
        ],
        widget=forms.RadioSelect,
        initial=Access.BODY,
    )
    staying = forms.TypedMultipleChoiceField(
        label=gettext_lazy("And besides the members"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)

    def __init__(self, *args: Any, others: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = choices(others)
        if found:
            self.fields["staying"] = forms.TypedMultipleChoiceField(
                label=_("And besides the members"),
                coerce=int,
                required=False,
                choices=found,
                widget=forms.CheckboxSelectMultiple,
            )
            self.order_fields(["access", "staying", "because"])
        else:
            del self.fields["staying"]


class LeaveChairForm(HappenedForm):
    """Why the chair is left."""

    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)


class QuorumForm(HappenedForm):
    """A count of those who are there."""

    asked_by = written(
        gettext_lazy("Who doubts it"),
        required=False,
        most=200,
        hint=gettext_lazy("Empty where the chair has it counted."),
    )
    second = forms.BooleanField(label=gettext_lazy("This is the second call"), required=False)

    def __init__(self, *args: Any, knows_second: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not knows_second:
            del self.fields["second"]


class InterestForm(HappenedForm):
    """A personal interest in an item."""

    person = PersonField(label=gettext_lazy("Who is concerned"), max_length=200)
    nature = written(
        gettext_lazy("What the interest is"), most=500, hint=gettext_lazy("For example: owns a share in the bidder.")
    )


class OrganForm(HappenedForm):
    """A temporary organ of the meeting."""

    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=Organ.Kind.choices)
    name = written(gettext_lazy("Name"), required=False, most=200, hint=gettext_lazy("Without one, what it is for."))
    people = written(
        gettext_lazy("Who sits in it"), rows=4, hint=gettext_lazy("One name on each line; the first leads it.")
    )
    task = written(gettext_lazy("Task"), required=False, most=500)

    def clean_people(self) -> list[int]:
        """Return the persons who are meant, in order."""
        field = PersonField(max_length=200)
        names = [name.strip() for name in self.cleaned_data["people"].splitlines() if name.strip()]
        if len(names) > MOST_IN_AN_ORGAN:
            raise forms.ValidationError(_("That is more than an organ of a meeting can hold."))
        return [field.clean(name).pk for name in names]


class TextForm(HappenedForm):
    """What is reported."""

    text = written(gettext_lazy("Text"), rows=8)


class SpeechForm(HappenedForm):
    """A speech on an item."""

    speaker = PersonField(label=gettext_lazy("Who speaks"), max_length=200)
    form = forms.ChoiceField(label=gettext_lazy("How"), choices=Speech.Form.choices, widget=forms.RadioSelect)
    text = written(
        gettext_lazy("Text"),
        rows=8,
        required=False,
        hint=gettext_lazy("Of a speech that was delivered it can be left out."),
    )


class ConclusionForm(HappenedForm):
    """What is concluded from a debate."""

    drawn_by = PersonField(label=gettext_lazy("Who concludes"), max_length=200)
    text = written(gettext_lazy("Conclusion"), rows=6)


class CarryForm(HappenedForm):
    """To which meeting an item is carried over."""

    meeting = forms.ChoiceField(label=gettext_lazy("To which meeting"))

    def __init__(self, *args: Any, later: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"] = forms.ChoiceField(label=_("To which meeting"), choices=choices(later))


class ReferForm(HappenedForm):
    """To whom an item is referred back."""

    to = written(gettext_lazy("To whom"), most=200)
    because = written(gettext_lazy("Why, in a few words"), required=False, most=500)


class RulingForm(HappenedForm):
    """Which ruling of the chair is reversed."""

    ruling = written(gettext_lazy("The ruling"), rows=2, most=500)
    instead = written(gettext_lazy("What holds instead"), rows=2, most=500)
