"""What the rules of procedure say about weights, proxies and second majorities, in plain sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hemicycle.bodies.rules import Preset, ProxyHolders, SecondBy, Threshold
from hemicycle.bodies.rules.weighing import counted_twice, threshold_read

HOLDERS = {
    ProxyHolders.MEMBERS: gettext_lazy("members with a vote"),
    ProxyHolders.UNIT: gettext_lazy("members with a vote of the same unit"),
    ProxyHolders.PARTICIPANTS: gettext_lazy("whoever takes part"),
}
SECONDS = {
    SecondBy.NOTHING: gettext_lazy("of nothing"),
    SecondBy.WEIGHT: gettext_lazy("of the votes as they weigh"),
    SecondBy.UNITS: gettext_lazy("of the units"),
}
OF = {
    "valid": gettext_lazy("of those for and against"),
    "cast": gettext_lazy("of those cast"),
    "present": gettext_lazy("of those on the list"),
    "members": gettext_lazy("of all"),
}


def share_of(one: Threshold) -> str:
    """Return a share and what it is of: “at least 55/100 of all”."""
    said = {"share": f"{one.share.numerator}/{one.share.denominator}", "of": OF[one.of]}
    return (_("more than %(share)s %(of)s") if one.share.strict else _("at least %(share)s %(of)s")) % said


def weighing(rules: Preset) -> list[str]:
    """Return what the rules say about votes that weigh or are held for others."""
    said = [
        _("A vote counts as often as it weighs; the list says how often.")
        if rules.votes_weighted
        else _("One has one vote.")
    ]
    if rules.mandates_most > 1:
        said.append(_("One person may hold up to %(count)d mandates.") % {"count": rules.mandates_most})
    if rules.votes_split:
        said.append(_("Who casts several votes may cast them differently."))
    if rules.proxies_most:
        told = ngettext(
            "One person may hold %(count)d proxy. It may be given to %(whom)s, and rests while the giver is there.",
            "One person may hold %(count)d proxies. They may be given to %(whom)s, and rest while the giver is there.",
            rules.proxies_most,
        )
        said.append(told % {"count": rules.proxies_most, "whom": HOLDERS[ProxyHolders(rules.proxy_holders)]})
    else:
        said.append(_("Nobody votes by proxy."))
    if rules.second_by and rules.second_majority:
        asked = {"share": share_of(threshold_read(rules.second_majority)), "by": SECONDS[SecondBy(rules.second_by)]}
        said.append(_("Beside the majority of persons one %(by)s is needed: %(share)s.") % asked)
    if rules.votes_quorum:
        quorum = {"share": share_of(threshold_read(rules.votes_quorum))}
        said.append(_("A vote decides only where so many have voted: %(share)s.") % quorum)
    return said


def counting_twice(rules: Preset, members: int) -> list[str]:
    """Return who enters what tellers counted, and where that is relaxed because the body is small."""
    if rules.counts_twice_from is None:
        return [_("One person may enter what the tellers counted.")]
    said = [
        _("From %(count)d members with a vote on, two persons enter what the tellers counted, each for themselves.")
        % {"count": rules.counts_twice_from}
    ]
    if not counted_twice(rules.counts_twice_from, members):
        said.append(_("The body is small, so one person may enter it."))
    return said
