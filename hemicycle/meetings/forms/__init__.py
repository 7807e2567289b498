"""What the desk types about meetings. Forms only parse; what holds is asked by the acts."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any, Protocol

from django import forms
from django.conf import global_settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.access import Access
from hemicycle.bodies.queries import person_named
from hemicycle.journal.forms import IN_THE_CALENDAR, HappenedForm
from hemicycle.meetings.media import KINDS
from hemicycle.meetings.models import MeetingKind, Mode, ParticipationCapacity, Presiding, Report
from hemicycle.meetings.queries.files import largest

ACCESS_LABELS = [
    (Access.PUBLIC, gettext_lazy("everyone")),
    (Access.ORGANISATION, gettext_lazy("the organisation")),
    (Access.PARTICIPANTS, gettext_lazy("those who take part")),
    (Access.BODY, gettext_lazy("the body itself")),
    (Access.DESK, gettext_lazy("the desk")),
]
MEETS = [choice for choice in MeetingKind.choices if choice[0] != MeetingKind.CIRCULATION]


class Named(Protocol):
    """What a choice is made of: anything with a key and a name."""

    pk: Any


def choices(things: Iterable[Named], empty: str = "") -> list[tuple[str, str]]:
    """Return things as the choices of a field, with an empty one first where that is allowed."""
    first = [("", empty)] if empty else []
    return first + [(str(thing.pk), str(thing)) for thing in things]


def key(typed: str) -> int | None:
    """Return the key that a choice stands for, None for the empty one."""
    return int(typed) if typed else None


class PersonField(forms.CharField):
    """A person by name; where two have the same, the short name stands behind it in brackets.

    The page offers names to choose from in a list called “names”.
    """

    widget = forms.TextInput(attrs={"list": "names", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """Return the one person who is meant."""
        typed = super().clean(value)
        if not typed:
            return None
        found = person_named(typed)
        if found is None:
            raise forms.ValidationError(
                _("Nobody, or more than one, is called “%(name)s”. Choose one of the names that the field offers."),
                params={"name": typed},
            )
        return found


def written(label: Any, *, rows: int = 0, required: bool = True, most: int = 0, hint: Any = "") -> forms.CharField:
    """Return a field for one line, or for several where rows are given."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=most or None, widget=widget, help_text=hint)


def day(label: Any) -> forms.DateField:
    """Return a field for a day."""
    wrong = {"invalid": gettext_lazy("This is not a day. Write it like 2026-03-02.")}
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, validators=IN_THE_CALENDAR, error_messages=wrong)


def hour(label: Any, initial: time | None = None, *, hint: Any = "") -> forms.TimeField:
    """Return a field for a time of the day at the body's place, which may stay empty where none is proposed."""
    wrong = {"invalid": gettext_lazy("This is not a time. Write it like 14:05.")}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, initial=initial, required=initial is not None, widget=widget, error_messages=wrong, help_text=hint
    )


class SummonForm(HappenedForm):
    """A notice of the meeting."""

    text = written(
        gettext_lazy("Text of the notice"),
        rows=8,
        hint=gettext_lazy("Days, place and agenda are added below it by themselves."),
    )
    text.initial = gettext_lazy("You are called to this meeting. Please say whether you will be there.")
    waive_because = written(
        gettext_lazy("Why the notice may be shorter than the rules ask"),
        required=False,
        most=500,
        hint=gettext_lazy("Only where too few days are left. It stands in the book."),
    )


class OpenSittingForm(HappenedForm):
    """The opening of a sitting."""

    unsummoned_because = written(
        gettext_lazy("Why it meets without notice"),
        required=False,
        most=500,
        hint=gettext_lazy("Only where no notice of the meeting was given."),
    )


class ChairForm(HappenedForm):
    """Who takes the chair, and on what basis."""

    person = PersonField(label=gettext_lazy("Who presides"), max_length=200)
    basis = forms.ChoiceField(label=gettext_lazy("Basis"), widget=forms.RadioSelect)
    authorized_by = written(
        gettext_lazy("Authorized by"),
        required=False,
        most=300,
        hint=gettext_lazy("Who gave the authorization, as it will be told: the Bureau."),
    )
    hands_over = forms.BooleanField(required=False)

    def __init__(self, *args: Any, bases: Sequence[str] = (), presiding: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hands_over"].label = _("%(name)s, who presides now, hands the chair over") % {"name": presiding}
        if not presiding:
            del self.fields["hands_over"]
        named = [(basis.value, basis.label) for basis in Presiding.Basis]
        basis = self.fields["basis"]
        if isinstance(basis, forms.ChoiceField):
            # In the order in which the rules call them; the others are shown too, and the act says why not.
            basis.choices = sorted(named, key=lambda one: bases.index(one[0]) if one[0] in bases else len(bases))
            basis.initial = bases[0] if bases else None


class SettleForm(HappenedForm):
    """The end of dealing with an item."""

    outcome = written(gettext_lazy("Outcome, in a sentence"), rows=2, required=False)


class ReportForm(HappenedForm):
    """A report on an item."""

    reporter = PersonField(label=gettext_lazy("Who reports"), max_length=200)
    form = forms.ChoiceField(label=gettext_lazy("How"), choices=Report.Form.choices, widget=forms.RadioSelect)
    title = written(gettext_lazy("Title"), most=300)
    text = written(gettext_lazy("Text"), rows=10, required=False)


class AccreditForm(HappenedForm):
    """A person or a delegation to accredit."""

    person = PersonField(label=gettext_lazy("Person"), max_length=200, required=False)
    delegation = written(
        gettext_lazy("Or a delegation as a whole"),
        required=False,
        most=300,
        hint=gettext_lazy("For example: officials of the provinces."),
    )
    number = forms.IntegerField(label=gettext_lazy("How many they are"), required=False, min_value=1, max_value=100_000)
    capacity = forms.ChoiceField(
        label=gettext_lazy("Capacity"),
        choices=[choice for choice in ParticipationCapacity.choices if choice[0] != ParticipationCapacity.SEATED],
        initial=ParticipationCapacity.OBSERVER,
    )
    mode = forms.ChoiceField(label=gettext_lazy("Takes part"), choices=Mode.choices)

    def clean(self) -> dict[str, Any]:
        """Hold that one of the two is named."""
        cleaned = super().clean()
        if bool(cleaned.get("person")) == bool(cleaned.get("delegation")) and not self.errors:
            self.add_error("person", _("Name a person, or a delegation; not both."))
        return cleaned


class CameForm(HappenedForm):
    """Those who are there, ticked in the list."""

    participation = forms.TypedMultipleChoiceField(coerce=int, required=False)
    mode = forms.ChoiceField(choices=[("", ""), *Mode.choices], required=False)

    def __init__(self, *args: Any, known: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked = self.fields["participation"]
        if isinstance(ticked, forms.TypedMultipleChoiceField):
            ticked.choices = [(str(one), "") for one in known]


class SeatForm(HappenedForm):
    """In whose seat an alternate sits."""

    stands_for = forms.ChoiceField(label=gettext_lazy("In the seat of"))

    def __init__(self, *args: Any, absent: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_for"] = forms.ChoiceField(label=_("In the seat of"), choices=choices(absent))


def language_field() -> forms.ChoiceField:
    """Return the field for the language that a text is written in."""
    return forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as usual in this body")), *global_settings.LANGUAGES],
    )


class DocumentForm(HappenedForm):
    """A document to hand out."""

    title = written(gettext_lazy("Title"), most=300)
    item = forms.ChoiceField(required=False)
    access = forms.ChoiceField(label=gettext_lazy("Open to"), choices=ACCESS_LABELS, initial=Access.PARTICIPANTS)
    language = language_field()
    upload = forms.FileField(
        label=gettext_lazy("File"),
        # An empty file is refused by the act, with the rest of what is wrong with files.
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
    )

    def __init__(self, *args: Any, items: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = forms.ChoiceField(
            label=_("For"), required=False, choices=choices(items, _("the meeting as a whole"))
        )
        self.fields["upload"].help_text = _("%(kinds)s; at most %(most)d MB.") % {
            "kinds": ", ".join(kind.removeprefix(".").upper() for kind in KINDS),
            "most": largest() // 1_000_000,
        }
        self.order_fields(["title", "item", "access", "language", "upload"])


class VersionForm(HappenedForm):
    """A further version of a document."""

    language = language_field()
    upload = DocumentForm.base_fields["upload"]
