"""What is typed about how a body elects."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import ShareField, chosen, ticked
from hemicycle.bodies.rules import Breaks, Elections, Reserved, Sole
from hemicycle.bodies.rules.elections import ONE_SEAT
from hemicycle.bodies.words.elections import COUNTINGS
from hemicycle.journal.forms import PlainForm

RESERVED = re.compile(r"\s*([^:]{1,200}?)\s*:\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?", re.ASCII)


class ElectionFields(PlainForm):
    """The rules of elections, among the rules of procedure."""

    elections_one = chosen(gettext_lazy("One seat is filled by"), list(COUNTINGS.items()))
    elections_several = chosen(
        gettext_lazy("Several seats are filled by"),
        [choice for choice in COUNTINGS.items() if choice[0] not in ONE_SEAT],
    )
    elections_sole = chosen(
        gettext_lazy("Where there are no more candidates than seats"),
        [
            (Sole.DECLARED.value, gettext_lazy("they are declared elected")),
            (Sole.YES_NO.value, gettext_lazy("each is voted on with yes or no")),
        ],
    )
    elections_plurality = ticked(gettext_lazy("By names the most votes win: no majority is asked for"))
    elections_none_of_the_above = ticked(gettext_lazy("Papers have a line “none of the above”"))
    elections_seniority = ticked(gettext_lazy("Seniority breaks a tie that a count leaves"))
    elections_casting = ticked(gettext_lazy("The casting vote of whoever presides breaks a tie that a count leaves"))
    elections_lot = ticked(gettext_lazy("The lot breaks a tie that a count leaves"))
    elections_reserved = forms.CharField(
        label=gettext_lazy("Seats reserved for groups"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One group a line, as “women: 2” for at least two seats or “women: 2-3”."),
    )
    elections_threshold = ShareField(
        label=gettext_lazy("Share of the valid papers that a list needs"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("For example 5/100. Empty where there is no threshold."),
    )

    def clean_elections_reserved(self) -> tuple[Reserved, ...]:
        """Read the seats reserved for groups."""
        lines = [line for line in self.cleaned_data["elections_reserved"].splitlines() if line.strip()]
        found = [RESERVED.fullmatch(line) for line in lines]
        if None in found:
            raise forms.ValidationError(_("Write one group a line: its name, a colon, and its seats, as 2 or 2-3."))
        return tuple(Reserved(one[1], int(one[2]), int(one[3]) if one[3] else None) for one in found if one)


def typed_elections(typed: dict[str, Any]) -> Elections:
    """Return the rules of elections that were typed."""
    over, under = typed["elections_threshold"] or (0, 1)
    ties = [one.value for one, name in BROKEN if typed[name]]
    return Elections(
        one=typed["elections_one"],
        several=typed["elections_several"],
        sole=typed["elections_sole"],
        plurality=typed["elections_plurality"],
        none_of_the_above=typed["elections_none_of_the_above"],
        ties=tuple(ties),
        reserved=typed["elections_reserved"],
        threshold=f"{over}/{max(under, 1)}",
    )


BROKEN = (
    (Breaks.SENIORITY, "elections_seniority"),
    (Breaks.CASTING, "elections_casting"),
    (Breaks.LOT, "elections_lot"),
)


def begun_elections(rules: Elections) -> dict[str, Any]:
    """Return what the fields of elections begin with."""
    lines = [f"{one.group}: {one.least}{'' if one.most is None else f'-{one.most}'}" for one in rules.reserved]
    return {
        "elections_one": rules.one,
        "elections_several": rules.several,
        "elections_sole": rules.sole,
        "elections_plurality": rules.plurality,
        "elections_none_of_the_above": rules.none_of_the_above,
        "elections_reserved": "\n".join(lines),
        "elections_threshold": "" if rules.threshold.startswith("0/") else rules.threshold,
        **{name: one.value in rules.ties for one, name in BROKEN},
    }
