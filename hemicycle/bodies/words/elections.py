"""The rules of a body's elections in plain sentences."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.rules import Breaks, Counting, Elections, Reserved, Sole
from hemicycle.bodies.rules.elections import BY_MAJORITY

COUNTINGS: Mapping[str, Any] = {
    Counting.BLOCK: gettext_lazy("names, as many as there are seats"),
    Counting.APPROVAL: gettext_lazy("approval of any number of names"),
    Counting.YES_NO: gettext_lazy("yes or no to each name"),
    Counting.IRV: gettext_lazy("ranking, instant run-off"),
    Counting.SCOTTISH_STV: gettext_lazy("single transferable vote (Scottish rules)"),
    Counting.ERS97: gettext_lazy("single transferable vote (Electoral Reform Society 1997)"),
    Counting.MEEK: gettext_lazy("single transferable vote (Meek)"),
    Counting.SCHULZE: gettext_lazy("ranking, Condorcet by Schulze"),
    Counting.DHONDT: gettext_lazy("lists, by D’Hondt"),
    Counting.SAINTE_LAGUE: gettext_lazy("lists, by Sainte-Laguë"),
    Counting.LARGEST_REMAINDER: gettext_lazy("lists, by largest remainders"),
}
SOLE: Mapping[str, Any] = {
    Sole.DECLARED: gettext_lazy("Where there are no more candidates than seats, they are declared elected."),
    Sole.YES_NO: gettext_lazy(
        "Where there are no more candidates than seats, each is voted on with yes or no; a seat stays open where the "
        "majority is not reached, and a further election fills it."
    ),
}
BREAKS: Mapping[str, Any] = {
    Breaks.SENIORITY: gettext_lazy("by seniority: the longest in the body goes first"),
    Breaks.CASTING: gettext_lazy("by the casting vote of whoever presides"),
    Breaks.LOT: gettext_lazy("by lot, whose seed is bound before the vote"),
}


def elections(said: Elections, majority: str) -> list[str]:
    """Return how a body elects, which asks this majority of elections by names."""
    found = [
        _("One seat is filled by %(count)s.") % {"count": COUNTINGS[said.one]},
        _("Several seats are filled by %(count)s.") % {"count": COUNTINGS[said.several]},
        str(SOLE[said.sole]),
    ]
    if {said.one, said.several} & BY_MAJORITY and said.plurality:
        found.append(_("By names, the most votes win."))
    elif {said.one, said.several, Counting.YES_NO if said.sole == Sole.YES_NO else ""} & BY_MAJORITY:
        found.append(_("By names, who is elected has %(majority)s; else there is a run-off.") % {"majority": majority})
    if said.none_of_the_above:
        found.append(_("Papers have a line “none of the above”; who has fewer votes than it is not elected."))
    found += [reserved_in_words(one) for one in said.reserved]
    if Fraction(said.threshold):
        found.append(_("A list needs %(share)s of the valid papers for a seat.") % {"share": said.threshold})
    found.append(
        _("A tie that the count leaves is broken %(how)s.")
        % {"how": _(", else ").join(str(BREAKS[one]) for one in said.ties)}
        if said.ties
        else _("A tie that the count leaves is not broken; it is elected anew.")
    )
    return found


def reserved_in_words(one: Reserved) -> str:
    """Return what is reserved for a group."""
    named = {"group": one.group, "least": one.least, "most": one.most}
    if one.most is None:
        return _("At least %(least)d of several seats go to “%(group)s”.") % named
    return _("At least %(least)d and at most %(most)d of several seats go to “%(group)s”.") % named
