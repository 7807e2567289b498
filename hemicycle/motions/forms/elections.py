"""What is typed about an election: what it fills, who is nominated, who withdraws. Forms only parse."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import day
from hemicycle.bodies.models import Post
from hemicycle.bodies.words.elections import COUNTINGS
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms import PersonField, written


class CallForm(HappenedForm):
    """An election: a post of the body, or what is elected in words, and its seats."""

    post = forms.ChoiceField(label=gettext_lazy("Which post"), required=False)
    called = written(
        gettext_lazy("Or what is elected"),
        required=False,
        most=200,
        hint=gettext_lazy("For example: tellers, a committee, the place of the next congress."),
    )
    seats = forms.IntegerField(label=gettext_lazy("Seats to fill"), min_value=1, max_value=500, initial=1)
    counting = forms.ChoiceField(label=gettext_lazy("How it is counted"), required=False)
    starts = day(gettext_lazy("In office from"), required=False)
    ends = day(gettext_lazy("Until"), required=False)
    text = written(gettext_lazy("Text"), rows=3, required=False, hint=gettext_lazy("Empty: seats and post in words."))

    def __init__(self, *args: Any, posts: Sequence[Post] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("none of them")), *((str(post.pk), post.title) for post in posts)]
        self.fields["post"] = forms.ChoiceField(label=_("Which post"), choices=offered, required=False)
        counts = [("", _("as the rules of procedure say")), *COUNTINGS.items()]
        self.fields["counting"] = forms.ChoiceField(label=_("How it is counted"), choices=counts, required=False)


class NominateForm(HappenedForm):
    """A nomination."""

    person = PersonField(label=gettext_lazy("Who"), required=False, max_length=200)
    name = written(
        gettext_lazy("Or a name on the paper"),
        required=False,
        most=200,
        hint=gettext_lazy("For a list, a place, or somebody who is not known here."),
    )
    group = written(
        gettext_lazy("Group"),
        required=False,
        most=200,
        hint=gettext_lazy("Unit, region or gender: it stands beside the name, and seats can be reserved for it."),
    )
    nominated_by = written(gettext_lazy("Nominated by"), required=False, most=200)
    accepted = forms.BooleanField(label=gettext_lazy("The nomination is accepted"), required=False)


class WithdrawCandidateForm(HappenedForm):
    """Why a candidate withdraws."""

    because = written(gettext_lazy("Why, in a sentence"), required=False, most=500)
