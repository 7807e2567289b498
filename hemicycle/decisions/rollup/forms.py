"""What is sent about figures: what a directive asks for, and what is reported on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hemicycle.decisions.models import Aim, Directive
from hemicycle.decisions.rollup.asking import NewAim
from hemicycle.decisions.rollup.figures import NoFigure, scaled
from hemicycle.decisions.rollup.rules import Every, Rule, closes, open_periods, periods
from hemicycle.decisions.rollup.words import period_named
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.day import zone_of

REASONS = {
    "ambiguous": _("This can be read in two ways. Write 1 234 for thousands, or 1.2340 for decimals."),
    "not a number": _("This is no number. Write it like 1 234.5."),
    "too exact": _("This has more decimals than it is measured in."),
    "too large": _("This number is too large to be kept."),
}


class FigureField(forms.CharField):
    """A figure, in steps of the last place of what it measures."""

    def __init__(self, *, places: int = 0, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.places = places
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Return the figure, or nothing where it may be left out."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return scaled(typed, self.places)
        except NoFigure as wrong:
            raise forms.ValidationError(str(REASONS[wrong.reason])) from wrong


NO_FIGURE = ("", _("no figure, words alone"))
RULES = [
    (Rule.SUM.value, _("a number; the parts are added up")),
    (Rule.RATIO.value, _("a share: so many out of so many")),
    (Rule.MILESTONE.value, _("a milestone, in one step or several")),
    (Rule.WEIGHTED.value, _("how far its parts are, by their weights")),
]
PERIODS = [
    ("", _("as it goes: the latest report counts")),
    (Every.MONTH.value, _("every month")),
    (Every.QUARTER.value, _("every quarter")),
]
AIM_FIELDS = ("rule", "measure", "places", "target", "target_of", "milestone", "every")
FIGURE_FIELDS = ("value", "out_of", "more_than_target", "period")


class AimForm(HappenedForm):
    """The figure that a task asks for, folded away until one is wanted."""

    rule = forms.ChoiceField(label=_("The figure is"), choices=[NO_FIGURE, *RULES], required=False)
    measure = forms.CharField(
        label=_("What is counted"), required=False, max_length=60, help_text=_("houses, tonnes, members")
    )
    places = forms.IntegerField(
        label=_("Decimals"), required=False, min_value=0, max_value=4, help_text=_("0 where whole numbers are counted")
    )
    target = FigureField(label=_("Target"), required=False, help_text=_("Of a milestone, in how many steps."))
    target_of = FigureField(label=_("Out of"), required=False, help_text=_("For a share alone: 95 out of 100."))
    milestone = forms.CharField(label=_("What the milestone is"), required=False, max_length=300)
    every = forms.ChoiceField(
        label=_("Reported"),
        choices=PERIODS,
        required=False,
        help_text=_("A period takes reports until 15 days after its end."),
    )

    folded: tuple[str, ...] = AIM_FIELDS

    @property
    def own(self) -> list[BoundField]:
        """The fields of the act, without those about the figure."""
        return [field for field in super().own if field.name not in self.folded]

    @property
    def about_figure(self) -> list[BoundField]:
        """The fields about the figure that is asked for."""
        return [self[name] for name in self.folded if name in self.fields]

    @property
    def figure_open(self) -> bool:
        """Whether the fields about the figure are in use, and so are shown."""
        return any(field.errors or (self.is_bound and field.data not in {None, "", "0"}) for field in self.about_figure)

    def clean(self) -> dict[str, Any]:
        """Read the target with the decimals that it is measured in."""
        cleaned = super().clean() or self.cleaned_data
        places = cleaned.get("places") or 0
        for name in self.fields:
            if name.partition("_")[0] in {"target", "of"} and self.data.get(self.add_prefix(name)):
                self.scale(name, places if "places" in self.fields else self.places_of_whole)
        typed = [name for name in AIM_FIELDS[1:] if name in self.fields and self.data.get(self.add_prefix(name))]
        if "rule" in self.fields and not cleaned.get("rule") and typed and "rule" not in self.errors:
            self.add_error("rule", str(_("Say what kind of figure it is, or leave all of these empty.")))
        return cleaned

    places_of_whole = 0

    def scale(self, name: str, places: int) -> None:
        """Read a figure in steps of its last place."""
        if name in self.errors:
            del self.errors[name]
        field = self.fields[name]
        try:
            self.cleaned_data[name] = FigureField(places=places, required=False).clean(self.data[self.add_prefix(name)])
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
        field.widget.attrs.setdefault("inputmode", "decimal")

    @property
    def aim(self) -> NewAim | None:
        """The figure that is asked for, if one is."""
        sent = self.cleaned_data
        return self.aim_with(sent.get("target"), sent.get("target_of"), None) if sent.get("rule") else None

    def aim_with(self, target: int | None, target_of: int | None, weight: int | None) -> NewAim:
        """Return the figure that is asked for with a target of its own."""
        sent = self.cleaned_data
        return NewAim(
            rule=sent.get("rule", ""),
            measure=sent.get("measure", ""),
            places=sent.get("places") or 0,
            target=target,
            target_of=target_of,
            milestone=sent.get("milestone", ""),
            weight=weight,
            every=sent.get("every", ""),
        )

    def ask_of_each(self, over: Aim, units: Sequence[tuple[int, str]]) -> None:
        """Ask for the share of each unit in the figure of the whole, by whose rule the parts are measured."""
        weighted = over.rule == Rule.WEIGHTED
        for name in ("target", "target_of", "every") if weighted else AIM_FIELDS:
            del self.fields[name]
        if weighted:
            self.fields["rule"] = forms.ChoiceField(label=_("The figure of each part is"), choices=RULES[:3])
        self.places_of_whole = over.places
        each: list[str] = []
        for key, name in units:
            said = {"unit": name}
            if weighted:
                self.fields[f"weight_{key}"] = FigureField(
                    label=str(_("Weight of %(unit)s, in percent")) % said, places=2, required=False
                )
                each.append(f"weight_{key}")
            if over.rule != Rule.MILESTONE:
                self.fields[f"target_{key}"] = FigureField(label=str(_("Target of %(unit)s")) % said, required=False)
                each.append(f"target_{key}")
            if over.rule == Rule.RATIO or weighted:
                self.fields[f"of_{key}"] = FigureField(label=str(_("%(unit)s: out of")) % said, required=False)
                each.append(f"of_{key}")
        self.folded = (*(name for name in AIM_FIELDS if name in self.fields), *each)

    def aims_of(self, keys: Iterable[int]) -> dict[int, NewAim]:
        """Return what each of these units is asked for."""
        sent = self.cleaned_data
        return {
            key: self.aim_with(sent.get(f"target_{key}"), sent.get(f"of_{key}"), sent.get(f"weight_{key}"))
            for key in keys
        }


@dataclass(frozen=True)
class FigureAsked:
    """The figure that a report is asked for, and the periods that have begun, the latest first.

    Those that take no more reports are among them, marked: what was told in time can be entered later.
    """

    aim: Aim
    begun: list[tuple[str, str]]

    @classmethod
    def of(cls, directive: Directive, aim: Aim | None, today: date) -> "FigureAsked | None":
        """Return what the report of a directive is asked for; nothing where its figure comes from its parts."""
        if aim is None or aim.rule == Rule.WEIGHTED or aim.rollup.parts:
            return None
        if not aim.every:
            return cls(aim, [])
        issued = directive.issued.astimezone(zone_of(directive.point.decision.body)).date()
        open_now = set(open_periods(aim.every, issued, directive.due, today, grace=aim.grace))
        begun = []
        for starts in reversed([one for one in periods(aim.every, issued, directive.due) if one <= today]):
            name = period_named(aim.every, starts)
            if starts not in open_now:
                closed = {"period": name, "day": date_format(closes(aim.every, starts, aim.grace))}
                name = str(_("%(period)s, took reports until %(day)s")) % closed
            begun.append((starts.isoformat(), name))
        return cls(aim, begun)

    def fields(self, *, sent: bool) -> dict[str, forms.Field]:
        """Return the fields of the figure."""
        aim = self.aim
        label: Any = str(_("Figure, in %(measure)s")) % {"measure": aim.measure} if aim.measure else _("Steps reached")
        hint = _("Left empty, it counts as not reported.")
        found: dict[str, forms.Field] = {
            "value": FigureField(label=label, places=aim.places, required=False, help_text=hint)
        }
        if aim.rule == Rule.RATIO:
            found["out_of"] = FigureField(label=_("Out of"), places=aim.places, required=False)
        if aim.rule == Rule.SUM and aim.target is not None and sent:
            found["more_than_target"] = forms.BooleanField(label=_("It is more than the target"), required=False)
        if aim.every:
            found["period"] = forms.TypedChoiceField(
                label=_("For"),
                choices=self.begun,
                coerce=date.fromisoformat,
                empty_value=None,
                required=False,
                help_text=ngettext(
                    "A period takes reports until %(count)d day after its end; the last one stays open.",
                    "A period takes reports until %(count)d days after its end; the last one stays open.",
                    aim.grace,
                )
                % {"count": aim.grace},
                error_messages={"invalid_choice": _("This period takes no reports. Choose one from the list.")},
            )
        return found
