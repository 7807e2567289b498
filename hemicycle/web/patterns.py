"""The page of patterns: every component from its real partial, with invented data, in all its states."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.capacities import Capacity
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.journal.models import Entry
from hemicycle.voting.models import Ballot, Entitled
from hemicycle.voting.queries import OwnVote

MOMENT = datetime(2026, 3, 2, 9, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """An item of an invented agenda."""

    ordinal: int
    title: str
    state: str
    referred_by: str = ""
    language: str = "en"


class SampleForm(forms.Form):
    """A form with each kind of field."""

    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("As it will stand on the agenda."))
    due = forms.DateField(
        label=gettext_lazy("Due"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "No date."},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of meeting"),
        choices=[("plenary", gettext_lazy("plenary")), ("ordinary", gettext_lazy("ordinary"))],
        widget=forms.RadioSelect,
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea, required=False)
    enlarged = forms.BooleanField(label=gettext_lazy("Enlarged by invited participants"), required=False)


def patterns(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    wrong = SampleForm({"wrong-title": "", "wrong-due": "next week", "wrong-kind": "plenary"}, prefix="wrong")
    chair = Actor("Ann Adler", Capacity.CHAIR, "President", "General Meeting", 1)
    groups = [("1", "Northern Region", 31), ("2", "Coast", 24), ("3", "Lakes", 22), ("4", "Capital", 18)]
    groups += [("5", "Hills", 12), ("6", "Islands", 7), ("7", "Border", 4), ("8", "Abroad", 2)]
    return render(
        request,
        "web/patterns.html",
        {
            "form": SampleForm(initial={"kind": "plenary"}),
            "wrong": wrong,
            "happened_form": HappenedForm(auto_id="sample_%s").about_when,
            "one_actor": [chair],
            "two_actors": [chair, Actor("Ann Adler", Capacity.MEMBER, "member", "General Meeting", 1)],
            "chosen": Capacity.MEMBER,
            "fields": [("reason", "sample")],
            "items": [
                Item(1, "Report of the Board on the work since the last meeting", "settled"),
                Item(2, "Draft resolution on the harbour warehouse", "current", "the Council"),
                Item(3, "Election of two auditors", "pending"),
                Item(4, "By-laws, second reading", "carried"),
            ],
            "entries": [sample_entry(*told) for told in SAID],
            "steps": [("General Meeting", "#"), (_("First term"), "#")],
            "page": Paginator(range(60), 20).page(2),
            "ballot": Ballot(pk=0, vote_may_change=True),
            "to_vote": OwnVote(Entitled(pk=0, name="Ann Adler"), card="sample", request="", choice="", receipt=""),
            "voted": OwnVote(Entitled(pk=1, name="Ben Bloom"), card="", request="", choice="for", receipt="W3VKNMAX"),
            "facts": [(_("Term"), "1"), (_("Quorum"), "5 of 9"), (_("Place"), "Club house, upper hall")],
            "vote": [
                ("for", _("for"), 61),
                ("abstain", _("abstained"), 9),
                ("against", _("against"), 38),
                ("none", _("did not vote"), 12),
            ],
            "small_vote": [("for", _("for"), 2), ("against", _("against"), 1)],
            "chamber": [("for", _("for"), 412), ("abstain", _("abstained"), 41), ("against", _("against"), 347)],
            "groups": groups,
            "hall": [("present", _("present"), 7), ("absent", _("absent"), 2)],
            "hall_order": ["present"] * 3 + ["absent"] + ["present"] * 3 + ["absent"] + ["present"],
        },
    )


SAID = (
    (41, Kind.BODY_FOUNDED, {"body": "General Meeting", "unit": "The Club"}, None),
    (42, Kind.RULES_ADOPTED, {"version": 1, "from": "2026-01-01"}, None),
    (
        43,
        Kind.TERM_BEGUN,
        {"ordinal": 1, "starts": "2026-01-01", "held_before": 0},
        datetime(2026, 1, 1, 10, 0, tzinfo=UTC),
    ),
)


def sample_entry(number: int, kind: str, facts: dict[str, object], happened: datetime | None) -> Entry:
    """Make an entry that stands in no book."""
    return Entry(
        number=number,
        kind=kind,
        recorded_at=MOMENT,
        happened_as="moment",
        happened_from=happened or MOMENT,
        happened_reason="kept on paper" if happened else "",
        actor_name="Ben Bloom",
        actor_capacity="Secretary",
        facts_text=json.dumps(facts),
    )
