"""What is typed about terms, posts and who holds them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import (
    NamedPersonField,
    day,
    decision_choices,
    number,
    unit_choices,
    written,
)
from hemicycle.bodies.models import PostKind
from hemicycle.journal.forms import PlainForm
from hemicycle.journal.models import Entry


class BeginTermForm(PlainForm):
    """A term to begin."""

    ordinal = number(gettext_lazy("Which term"), least=1, most=10_000, hint=gettext_lazy("8 for the Eighth."))
    starts = day(gettext_lazy("Begins on"))
    ends = day(gettext_lazy("Ends on"), required=False, hint=gettext_lazy("The first day of the next, where known."))
    held_before = number(
        gettext_lazy("Meetings of it held before this book was kept"), most=10_000, hint=gettext_lazy("Usually 0.")
    )


class EndTermForm(PlainForm):
    """The end of the open term."""

    ends = day(gettext_lazy("Ends on"), hint=gettext_lazy("The first day on which the body is in no term."))


KINDS = [
    (PostKind.FULL, gettext_lazy("full member")),
    (PostKind.ALTERNATE, gettext_lazy("alternate member")),
    (PostKind.CHAIR, gettext_lazy("chair, who may preside by office")),
    (PostKind.SECRETARY, gettext_lazy("secretary, who keeps the desk")),
    (PostKind.AUDITOR, gettext_lazy("auditor")),
    (PostKind.PRESS, gettext_lazy("press officer")),
]


class CreatePostForm(PlainForm):
    """A post of a body to create."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)
    title = written(gettext_lazy("Title"), hint=gettext_lazy("How it is called in this body."))
    seats = number(gettext_lazy("Seats"), least=1, most=20_000)
    votes = forms.BooleanField(label=gettext_lazy("Has a vote (only full members have one)"), required=False)


class ChangePostForm(PlainForm):
    """How many seats a post has."""

    seats = number(gettext_lazy("Seats"), least=1, most=20_000)


class GivePostForm(PlainForm):
    """A person to give a post to."""

    person = NamedPersonField(label=gettext_lazy("Person"), max_length=200)
    starts = day(gettext_lazy("From"))
    ends = day(gettext_lazy("Until"), required=False, hint=gettext_lazy("The first day on which it is no longer held."))
    seat = number(gettext_lazy("Seat or place in the order"), required=False, least=1)
    group = forms.ChoiceField(label=gettext_lazy("From the unit"), required=False)
    decided_by = forms.ChoiceField(label=gettext_lazy("By the decision"), required=False)

    def __init__(self, *args: Any, decisions: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = unit_choices(_("none is named"))  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["decided_by"].choices = decision_choices(decisions)  # type: ignore[attr-defined]  # the same


class EndPostForm(PlainForm):
    """The end of a spell in a post."""

    ends = day(gettext_lazy("Until"), hint=gettext_lazy("The first day on which it is no longer held."))
    decided_by = forms.ChoiceField(label=gettext_lazy("By the decision"), required=False)

    def __init__(self, *args: Any, decisions: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].choices = decision_choices(decisions)  # type: ignore[attr-defined]  # a ChoiceField
