"""What the desk types about agendas, plans and notice. Forms only parse; what holds is asked by the acts."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.forms import ACCESS_LABELS, Named, choices, day, hour, key, written
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting

NO_VERSION = -1
VOTES = ("votes_for", "against", "abstained")
LAST_PLACE = 10_000
MOST_VOTES = 1_000_000


class SeenField(forms.IntegerField):
    """The version of the agenda that a form was made from. A form that comes back is made from the one there is now.

    What is no number is a version that there never was.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int | None:
        """Return the version, None where the form names none."""
        try:
            found: int | None = super().clean(value)
        except forms.ValidationError:
            return NO_VERSION
        return found

    def bound_data(self, _data: Any, initial: Any) -> Any:
        """Show the version that there is now, whatever was sent."""
        return initial


def votes_field(label: Any) -> forms.IntegerField:
    """Return a field for a number of votes."""
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_VOTES, required=False)


def vote_in(typed: dict[str, Any]) -> Vote | None:
    """Return the vote that was typed, None where nothing was."""
    counts = [typed.get(name) for name in VOTES]
    return None if counts == [None, None, None] else Vote(*(count or 0 for count in counts))


class AgendaForm(HappenedForm):
    """A change of an agenda; of one that was adopted, with how the meeting voted on it."""

    seen = SeenField(required=False, min_value=0)
    votes_for = votes_field(gettext_lazy("Votes for the change"))
    against = votes_field(gettext_lazy("Votes against"))
    abstained = votes_field(gettext_lazy("Abstained"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = meeting.agenda_version
        if not meeting.agenda_adopted:
            for name in VOTES:
                del self.fields[name]
        else:
            self.fields["votes_for"].help_text = _("The agenda was adopted: the meeting votes on every change of it.")
            self.order_fields([name for name in self.fields if name not in VOTES] + list(VOTES))

    @property
    def vote(self) -> Vote | None:
        """How the meeting voted, None where nothing was entered."""
        return vote_in(self.cleaned_data)

    @property
    def seen_version(self) -> int | None:
        """The version of the agenda that the form was made from."""
        found: int | None = self.cleaned_data.get("seen")
        return found

    def asked(self) -> dict[str, Any]:
        """Return what an act on an agenda takes: what was typed, the version that was seen, and the vote."""
        names = [field.name for field in self.own if field.name not in {"seen", *VOTES}]
        typed = {name: self.cleaned_data[name] for name in names}
        keys = {f"{name}_id": key(typed.pop(name)) for name in ("parent", "referral") if name in typed}
        return {**typed, **keys, "seen": self.seen_version, "vote": self.vote}

    def choose_among(self, items: Iterable[Named]) -> None:
        """Offer the items under which another can stand."""
        named = [("", _("no other item")), *((str(item.pk), name_of(item)) for item in items)]
        self.fields["parent"] = forms.ChoiceField(label=_("Under"), required=False, choices=named)


def name_of(item: Named) -> str:
    """Return an item with its number."""
    return f"{item.called} {item}" if isinstance(item, AgendaItem) else str(item)


def place_field() -> forms.IntegerField:
    """Return the field for the place of an item among its siblings."""
    return forms.IntegerField(
        label=gettext_lazy("As which one there, counted from 1"),
        required=False,
        min_value=1,
        max_value=LAST_PLACE,
        help_text=gettext_lazy("Leave it empty to put it last."),
    )


class AddItemForm(AgendaForm):
    """An item for the agenda."""

    title = written(gettext_lazy("Title"), most=500)
    referred_by = written(gettext_lazy("Referred by"), required=False, most=200)
    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    at = place_field()
    access = forms.ChoiceField(label=gettext_lazy("Open to"), choices=ACCESS_LABELS)

    field_order = ("title", "referred_by", "parent", "at", "access")

    def __init__(self, *args: Any, items: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_among(items)
        self.order_fields([*self.field_order, *self.fields])


class ChangeItemForm(AgendaForm):
    """Another title for an item, or another word on who referred it."""

    title = written(gettext_lazy("Title"), most=500)
    referred_by = written(gettext_lazy("Referred by"), required=False, most=200)

    field_order = ("title", "referred_by")


class MoveItemForm(AgendaForm):
    """Another place for an item."""

    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    at = place_field()

    def __init__(self, *args: Any, items: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_among(items)
        self.order_fields(["parent", "at", *self.fields])

    def clean_at(self) -> int:
        """Return the place; the last where none is named."""
        return self.cleaned_data["at"] or LAST_PLACE


class WithdrawItemForm(AgendaForm):
    """Taking an item off the agenda."""

    because = written(gettext_lazy("Why"), required=False, most=500)

    field_order = ("because",)


class AdoptForm(HappenedForm):
    """The adoption of an agenda as it was seen."""

    seen = SeenField(required=False, min_value=0)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = meeting.agenda_version


class ReferForm(HappenedForm):
    """A matter for another body."""

    to = forms.ChoiceField(label=gettext_lazy("To which body"))
    title = written(gettext_lazy("Title"), most=500)
    note = written(gettext_lazy("What it should look at"), rows=4, required=False, most=5000)

    def __init__(self, *args: Any, bodies: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ChoiceField(label=_("To which body"), choices=choices(bodies))
        self.order_fields(["to", "title", "note", *self.fields])


class AcceptForm(AgendaForm):
    """What another body referred, and where it shall stand on the agenda."""

    referral = forms.ChoiceField(label=gettext_lazy("What was referred"))
    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    at = place_field()

    def __init__(self, *args: Any, referrals: Iterable[Named] = (), items: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referral"] = forms.ChoiceField(label=_("What was referred"), choices=choices(referrals))
        self.choose_among(items)
        self.order_fields(["referral", "parent", "at", *self.fields])


class BecauseForm(HappenedForm):
    """An act that says why."""

    because = written(gettext_lazy("Why"), rows=3, most=500)


class RulingForm(HappenedForm):
    """What the meeting ruled on a late document."""

    because = written(gettext_lazy("Why"), required=False, most=500)
    votes_for = votes_field(gettext_lazy("Votes to admit it"))
    against = votes_field(gettext_lazy("Votes against"))
    abstained = votes_field(gettext_lazy("Abstained"))

    @property
    def vote(self) -> Vote | None:
        """How the meeting voted, None where nobody asked for a vote."""
        return vote_in(self.cleaned_data)


class HoursForm(HappenedForm):
    """The day and the hours of a planned sitting, by the clock at the body's place."""

    day = day(gettext_lazy("Day"))
    opens = hour(gettext_lazy("From"), time(9))
    closes = hour(gettext_lazy("until"), time(17))
    lengthen = forms.BooleanField(
        label=gettext_lazy("Lengthen the meeting where this is after its last day"), required=False
    )
    because = written(
        gettext_lazy("Why"), required=False, most=500, hint=gettext_lazy("Whoever was called is told of it.")
    )

    @classmethod
    def of(cls, sitting: Sitting, zone: Any) -> dict[str, object]:
        """Return what stands in the fields for a sitting."""
        start, end = sitting.planned_start.astimezone(zone), sitting.planned_end.astimezone(zone)
        return {"day": start.date(), "opens": start.time(), "closes": end.time()}

    def moments(self) -> tuple[datetime, datetime]:
        """Return when the sitting starts and ends; until midnight and later is on the next day's clock."""
        typed = self.cleaned_data
        first: date = typed["day"]
        start = datetime.combine(first, typed["opens"], self.zone).astimezone(UTC)
        return start, datetime.combine(first, typed["closes"], self.zone).astimezone(UTC)


class MoveMeetingForm(HappenedForm):
    """Another first day or place for a meeting."""

    starts = day(gettext_lazy("First day"))
    place = written(gettext_lazy("Place"), required=False, most=200)
    because = written(
        gettext_lazy("Why"), rows=3, most=500, hint=gettext_lazy("Everybody who was called is told of it.")
    )
    waive_because = written(
        gettext_lazy("Why the notice may be shorter than the rules ask"),
        required=False,
        most=500,
        hint=gettext_lazy("Only where too few days are left. It stands in the book."),
    )


class CancelForm(HappenedForm):
    """Why a meeting is not held, and which is held instead."""

    because = written(
        gettext_lazy("Why"), rows=3, most=500, hint=gettext_lazy("Everybody who was called is told of it.")
    )
    instead = forms.ChoiceField(label=gettext_lazy("Held instead"), required=False)

    def __init__(self, *args: Any, meetings: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"] = forms.ChoiceField(
            label=_("Held instead"), required=False, choices=choices(meetings, _("no other meeting"))
        )
        self.order_fields(["because", "instead", *self.fields])


class ReceivedForm(HappenedForm):
    """Who has received a summons."""

    person = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
