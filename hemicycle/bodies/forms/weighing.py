"""What is typed in rules of procedure about votes that weigh, are held for others, or are counted twice."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import number, ticked
from hemicycle.bodies.rules import Base, ProxyHolders, SecondBy, Share, Threshold
from hemicycle.bodies.rules.weighing import threshold_text
from hemicycle.bodies.words.weighing import HOLDERS, SECONDS, share_of
from hemicycle.journal.forms import PlainForm

# In this order they stand in the form.
ON_WEIGHTS = (
    "votes_weighted",
    "votes_split",
    "mandates_most",
    "proxies_most",
    "proxy_holders",
    "second_by",
    "second_majority",
    "votes_quorum",
)
SECOND_SHARES = [
    Threshold(share, base.value)
    for base in (Base.VALID, Base.CAST, Base.PRESENT, Base.MEMBERS)
    for share in (Share(1, 2, strict=True), Share(55, 100, strict=False), Share(2, 3, strict=False))
]
QUORUM_SHARES = [
    Threshold(share, Base.MEMBERS.value)
    for share in (
        Share(1, 4, strict=False),
        Share(1, 3, strict=False),
        Share(1, 2, strict=False),
        Share(1, 2, strict=True),
        Share(2, 3, strict=False),
    )
]


class WeighingForm(PlainForm):
    """The rules on weights, proxies and second majorities."""

    votes_weighted = ticked(gettext_lazy("Some have more than one vote"))
    votes_split = ticked(gettext_lazy("Who casts several votes may cast them differently"))
    mandates_most = number(gettext_lazy("Mandates that one person may hold"), least=1, most=20)
    proxies_most = number(
        gettext_lazy("Proxies that one person may hold"), most=50, hint=gettext_lazy("0: nobody votes by proxy.")
    )
    proxy_holders = forms.ChoiceField(
        label=gettext_lazy("A proxy may be held by"), choices=[(one.value, HOLDERS[one]) for one in ProxyHolders]
    )
    second_by = forms.ChoiceField(
        label=gettext_lazy("A second majority is asked"),
        required=False,
        choices=[(one.value, SECONDS[one]) for one in SecondBy],
    )
    second_majority = forms.ChoiceField(
        label=gettext_lazy("The second majority"),
        required=False,
        choices=lambda: [("", _("none")), *((threshold_text(one), share_of(one)) for one in SECOND_SHARES)],
    )
    votes_quorum = forms.ChoiceField(
        label=gettext_lazy("A vote decides only where so many have voted"),
        required=False,
        choices=lambda: [("", _("however few")), *((threshold_text(one), share_of(one)) for one in QUORUM_SHARES)],
    )
    counts_twice_from = number(
        gettext_lazy("Members with a vote from which tellers’ counts are entered by two persons"),
        required=False,
        hint=gettext_lazy("Empty: one person may always enter them. A small body stays below this number."),
    )
