"""What is sent about plans, targets, shares and figures. Forms only parse; the acts refuse."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.fields import chosen, day, number, written
from hemicycle.decisions.forms import SeveralFiles
from hemicycle.decisions.models import Decision
from hemicycle.decisions.rollup.figures import NoFigure, scaled
from hemicycle.decisions.rollup.forms import REASONS, FigureField
from hemicycle.journal.forms import PlainForm
from hemicycle.plans.models import Indicator
from hemicycle.plans.rules.periods import PeriodKind

KINDS = {
    PeriodKind.PROGRAMME: gettext_lazy("programme"),
    PeriodKind.PLAN: gettext_lazy("plan of several years"),
    PeriodKind.YEAR: gettext_lazy("year"),
    PeriodKind.QUARTER: gettext_lazy("quarter, or another part of a year"),
    PeriodKind.CAMPAIGN: gettext_lazy("campaign"),
}
DIRECTIONS = [
    ("more", gettext_lazy("more is better")),
    ("less", gettext_lazy("less is better")),
    ("within", gettext_lazy("it stays within bounds")),
]
TIMES = [
    ("sum", gettext_lazy("they are added up")),
    ("last", gettext_lazy("the last one counts: it is a level")),
]
UNITS = [
    ("sum", gettext_lazy("they are added up")),
    ("ratio", gettext_lazy("from their numerators and denominators")),
    ("weighted", gettext_lazy("weighted, with weights that come to 100 %")),
]
CURVES = [
    ("even", gettext_lazy("evenly, day by day")),
    ("late", gettext_lazy("slow at first, faster later")),
    ("early", gettext_lazy("fast at first, slower later")),
    ("slow ends", gettext_lazy("slow at both ends")),
]


def decisions_offered(decisions: Iterable[Decision], *, empty: str) -> list[tuple[str, str]]:
    """Return decisions to choose from."""
    first = [("", empty)] if empty else []
    return first + [(str(one.pk), f"{one.number}. {one.title}") for one in decisions]


class PeriodForm(PlainForm):
    """A period that is planned."""

    kind = chosen(gettext_lazy("Kind"), [(kind.value, label) for kind, label in KINDS.items()])
    title = written(gettext_lazy("Title"))
    starts = day(gettext_lazy("First day"))
    ends = day(gettext_lazy("Last day"))
    decision = chosen(gettext_lazy("Decided by"), [])
    access = chosen(
        gettext_lazy("Who may read it"),
        [
            ("public", gettext_lazy("everybody")),
            ("organisation", gettext_lazy("the organisation")),
            ("body", gettext_lazy("the body alone")),
        ],
    )

    def __init__(self, *args: Any, decisions: Iterable[Decision], part: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = decisions_offered(decisions, empty=_("no decision is named"))
        self.fields["decision"] = forms.ChoiceField(label=_("Decided by"), choices=offered, required=False)
        if part:
            del self.fields["access"]


class IndicatorForm(PlainForm):
    """An indicator that is defined. A rate is told per a number; anything else leaves that out."""

    code = written(
        gettext_lazy("Code"), most=20, hint=gettext_lazy("Capital letters and digits, like W-1. It never changes.")
    )
    title = written(gettext_lazy("Title"))
    sector = written(gettext_lazy("Sector"), most=100, required=False)
    unit_of_measure = written(
        gettext_lazy("Measured in"), most=60, hint=gettext_lazy("For example: members, tonnes, %.")
    )
    definition = forms.CharField(
        label=gettext_lazy("What exactly is counted, and what is not"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counts = written(gettext_lazy("What is counted, in a few words"))
    places = number(gettext_lazy("Decimals"), most=4)
    per = number(
        gettext_lazy("A rate per"),
        least=1,
        most=1_000_000,
        required=False,
        hint=gettext_lazy("100 for per cent. Leave it out where it is no rate."),
    )
    out_of = written(gettext_lazy("Out of what, where it is a rate"), required=False)
    direction = chosen(gettext_lazy("Which way is better"), DIRECTIONS)
    over_time = chosen(gettext_lazy("The figures of several quarters"), TIMES)
    over_units = chosen(gettext_lazy("The figures of several units"), UNITS)
    curve = chosen(gettext_lazy("How the target is approached"), CURVES)
    baseline = forms.CharField(label=gettext_lazy("Where it stands at the start"), required=False, max_length=40)
    baseline_day = day(gettext_lazy("As of"), required=False)
    baseline_source = written(gettext_lazy("Where that figure is from"), most=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the baseline with the decimals that were typed beside it."""
        cleaned = super().clean()
        if cleaned.get("baseline") and "places" in cleaned:
            try:
                cleaned["baseline"] = scaled(cleaned["baseline"], cleaned["places"])
            except NoFigure as wrong:
                self.add_error("baseline", str(REASONS[wrong.reason]))
        elif "baseline" in cleaned:
            cleaned["baseline"] = None
        return cleaned


class DefinitionForm(PlainForm):
    """A further version of a definition."""

    text = forms.CharField(
        label=gettext_lazy("What exactly is counted, and what is not"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counts = written(gettext_lazy("What is counted, in a few words"))
    out_of = written(gettext_lazy("Out of what, where it is a rate"), required=False)
    reason = written(gettext_lazy("Why it is defined anew"), most=500)


class TargetForm(PlainForm):
    """A target, by a decision."""

    def __init__(
        self, *args: Any, indicator: Indicator, decisions: Iterable[Decision], change: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        within = indicator.direction == "within"
        label = _("Lower bound") if within else _("Target")
        hint = _("In %(unit)s") % {"unit": indicator.unit_of_measure}
        self.fields["value"] = FigureField(label=label, places=indicator.places, help_text=hint)
        if within:
            self.fields["upper"] = FigureField(label=_("Upper bound"), places=indicator.places, help_text=hint)
        offered = decisions_offered(decisions, empty=_("Choose the decision"))
        self.fields["decision"] = forms.ChoiceField(label=_("Decided by"), choices=offered)
        if change:
            self.fields["reason"] = forms.CharField(label=_("Why it is changed"), max_length=500)


class SharesForm(PlainForm):
    """The shares of several units: one field for each, those left out stay as they are."""

    def __init__(self, *args: Any, indicator: Indicator, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.weighted = indicator.over_units == "weighted"
        for key, name in units:
            self.fields[f"unit_{key}"] = FigureField(label=name, places=indicator.places, required=False)
            if self.weighted:
                label = _("Weight of %(unit)s, in %%") % {"unit": name}
                self.fields[f"weight_{key}"] = FigureField(label=label, places=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a weight that was typed without the share that it weighs."""
        cleaned = super().clean()
        for key, _name in self.units:
            if cleaned.get(f"weight_{key}") is not None and cleaned.get(f"unit_{key}", 0) is None:
                self.add_error(f"unit_{key}", _("It has a weight here and no share. Give it both, or neither."))
        return cleaned

    @property
    def shares(self) -> list[tuple[int, int, int | None]]:
        """The shares that were given: unit, value and weight."""
        found = []
        for key, _name in self.units:
            value = self.cleaned_data.get(f"unit_{key}")
            if value is not None:
                found.append((key, value, self.cleaned_data.get(f"weight_{key}") if self.weighted else None))
        return found


class ReportForm(PlainForm):
    """A unit's figure: what a telephone asks for in under a minute."""

    def __init__(self, *args: Any, indicator: Indicator, counts: str, out_of: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rate = indicator.per is not None
        self.fields["figure"] = FigureField(
            label=counts[:1].upper() + counts[1:],
            places=0 if rate else indicator.places,
            help_text=_("In the whole period up to the day below."),
        )
        if rate:
            self.fields["denominator"] = FigureField(label=_("Out of: %(what)s") % {"what": out_of})
        self.fields["as_of"] = day(_("As of"))
        self.fields["evidence"] = forms.CharField(
            label=_("Evidence"),
            required=False,
            max_length=2000,
            help_text=_("Where it can be seen: a list, a page, an address."),
        )
        self.fields["files"] = SeveralFiles(
            label=_("Photos and files that show it"), required=False, allow_empty_file=True
        )
        self.fields["explanation"] = forms.CharField(
            label=_("Explanation"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Asked for where the figure is far behind what was to be expected."),
        )


class DisputeForm(PlainForm):
    """What is wrong with a figure."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MethodForm(PlainForm):
    """What a unit did."""

    text = forms.CharField(
        label=gettext_lazy("What you did"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class PeersForm(PlainForm):
    """A group of units to be compared with each other."""

    name = written(
        gettext_lazy("Name of the group"), most=100, hint=gettext_lazy("What its units have in common: ports, say.")
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = forms.TypedMultipleChoiceField(
            label=_("Units"), choices=units, coerce=int, widget=forms.CheckboxSelectMultiple
        )


class DissolveForm(PlainForm):
    """Why a group of peers is dissolved."""

    reason = written(gettext_lazy("Why it is dissolved"), most=500)


class WithdrawForm(PlainForm):
    """Why a table of figures is taken back."""

    reason = written(gettext_lazy("Why it is taken back"), most=500)


class NothingForm(PlainForm):
    """A form that asks nothing but whether."""
