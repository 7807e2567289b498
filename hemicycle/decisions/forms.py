"""What is sent about decisions, tasks and progress."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.bodies.forms.fields import day
from hemicycle.bodies.models import Unit
from hemicycle.decisions.rollup.forms import FIGURE_FIELDS, FigureAsked
from hemicycle.journal.forms import IN_THE_CALENDAR, HappenedForm, PlainForm
from hemicycle.meetings.forms import PersonField


class FindForm(forms.Form):
    """What is looked for in the register."""

    body = forms.SlugField(required=False, max_length=80)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    q = forms.CharField(required=False, max_length=100)
    page = forms.IntegerField(required=False, min_value=1)


class DayForm(forms.Form):
    """The day as of which something is shown."""

    on = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={"invalid": _("This is not a day. Write it like 2026-03-02.")},
    )


class HeatForm(DayForm):
    """Of which tasks a map tells, and what of them it shows."""

    field_order = ("body", "show", "on", "since")

    body = forms.ChoiceField()
    show = forms.ChoiceField(label=_("Show"), choices=[("late", _("late")), ("done", _("done"))])
    since = day(_("Handed out from"), required=False)
    under = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ChoiceField(
            label=_("Decisions of"),
            choices=list(bodies),
            error_messages={"invalid_choice": _("No decision of such a body is found. Choose one.")},
        )


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


NOT_THIS_UNIT = _("This unit cannot be chosen. Choose one from the list.")


def said(label: Any, missing: Any, rows: int = 3) -> forms.CharField:
    """Return a field for a few sentences, which are asked for by `missing` where there are none."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing}
    )


class WithoutTaskForm(HappenedForm):
    """Why nobody is given a task from a point."""

    reason = said(_("Why nobody is given a task"), _("Say why nobody is given a task."))


def due_day(label: Any, *, required: bool = True) -> forms.DateField:
    """Return a field for a due date."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        error_messages={
            "required": _("Say by which day it is to be done."),
            "invalid": _("This is not a day. Write it like 2026-03-02."),
        },
    )


def named(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """Return units to choose from by their keys, which a field of rows would look up however large they are."""
    return [(unit.pk, unit.name) for unit in units]


class SeveralFilesInput(forms.ClearableFileInput):
    """The input of a browser that takes several files, and on a phone a photo."""

    allow_multiple_selected = True


class BecauseForm(HappenedForm):
    """A reason."""

    because = said(_("Why"), _("Say why. The reason stands beside it for all who read it."))


class MoreForm(HappenedForm):
    """A word that may be added."""

    text = forms.CharField(label=_("What is to be added"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(HappenedForm):
    """A question to the issuer."""

    text = said(_("Your question"), _("Say what you ask."))


class AnswerForm(HappenedForm):
    """The answer to a question."""

    text = said(_("Your answer"), _("Say what the answer is."))


class ExtensionForm(HappenedForm):
    """A later due date that is asked for."""

    until = due_day(_("Until when"))
    because = said(_("Why"), _("Say why. The reason stands beside it for all who read it."))


class GrantForm(HappenedForm):
    """A later due date that is granted."""

    until = due_day(_("Until when"))
    text = forms.CharField(label=_("What is to be added"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class HandOverForm(HappenedForm):
    """The unit that has a directive from now on."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Responsible from now on"),
        empty_label=_("Choose a unit"),
        error_messages={"required": _("Choose the one unit that is responsible."), "invalid_choice": NOT_THIS_UNIT},
    )
    because = said(_("Why"), _("Say why. The reason stands beside it for all who read it."))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # it is a ModelChoiceField


class HandlerForm(HappenedForm):
    """Who handles a directive inside its unit."""

    person = forms.TypedChoiceField(
        label=_("Who handles it"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("nobody in particular")), *people]  # type: ignore[attr-defined]  # a field of choices


class SupersedeForm(HappenedForm):
    """The directive that takes the place of another."""

    by_number = forms.TypedChoiceField(label=_("By this task"), coerce=int)
    because = said(_("Why"), _("Say why. The reason stands beside it for all who read it."))

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_number"] = forms.TypedChoiceField(
            label=_("By this task"), coerce=int, choices=others, error_messages={"required": _("Choose a task.")}
        )
        self.order_fields(["by_number"])


class AccountForm(HappenedForm):
    """The item of the agenda at which an account is put to the meeting, as of which day, and who presents it."""

    item = forms.TypedChoiceField(label=_("At this item of the agenda"), coerce=int)
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=IN_THE_CALENDAR,
        help_text=_("It tells how things stood at the end of this day. Left empty: today."),
        error_messages={"invalid": _("This is not a day. Write it like 2026-03-02.")},
    )
    presenter = PersonField(label=_("Presented by"), required=False, help_text=_("A member or officer of the body."))

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = forms.TypedChoiceField(
            label=_("At this item of the agenda"),
            coerce=int,
            choices=items if len(items) == 1 else [("", _("choose an item")), *items],
            error_messages={"required": _("Choose an item. Put one on the agenda first where there is none.")},
        )
        self.order_fields(["item", "as_of", "presenter"])


class FindingForm(HappenedForm):
    """What the meeting finds about a line of its account."""

    outcome = forms.ChoiceField(
        label=_("The meeting finds it"),
        choices=[("fulfilled", _("fulfilled")), ("not fulfilled", _("not fulfilled"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is fulfilled.")},
    )
    text = said(_("What the meeting found"), _("Say what the meeting found."))


class SeveralFiles(forms.FileField):
    """Files that are sent together."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files that were sent."""
        return [super(SeveralFiles, self).clean(one, initial) for one in data or []]


class ReportForm(HappenedForm):
    """A unit's report on a task. On a phone its photos are taken from here."""

    narrative = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what was done so far.")},
    )
    done = forms.BooleanField(label=_("The task is done"), required=False)
    delay_reason = forms.CharField(
        label=_("Reason for the delay"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("The due date has passed. Say why it is late; the reason stands beside your report.")
        },
    )
    help_needed = forms.CharField(
        label=_("Help that is needed"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    expected = due_day(_("Expected to be done by"), required=False)
    evidence = SeveralFiles(label=_("Photos and files that show it"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, late: bool, figure: FigureAsked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if figure:
            self.fields |= figure.fields(sent=self.is_bound)
            self.order_fields([*FIGURE_FIELDS, "narrative"])
        # What was told in time may be entered late: whether a reason is asked for is known once it is said when.
        if late:
            # Asked for again by the browser it would stand in the way of who tells what was said in time.
            self.fields["delay_reason"].required = not (self.is_bound and self.data.get("happened"))
            self.fields["delay_reason"].widget.use_required_attribute = lambda _initial: False
        else:
            del self.fields["delay_reason"]
            del self.fields["help_needed"]
