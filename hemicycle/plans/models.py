"""Plans: periods of one tree, what is measured in them, what is to be reached, by whom, and how far it is.

Every figure is a whole number in steps of its indicator's last place (`places`): 12.5 with one place is 125.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.decisions.models import Shown
from hemicycle.plans.rules.measure import Curve, Direction, OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind


def choices(
    enum: type[PeriodKind] | type[Direction] | type[OverTime] | type[OverUnits] | type[Curve],
) -> list[tuple[str, str]]:
    """Return the values of an enum as a column's choices."""
    return [(one.value, one.value) for one in enum]


class Period(models.Model):
    """A programme, plan, year, quarter or campaign of a body: days from the first to the last, both of them in it."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="periods")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    kind = models.CharField(max_length=12, choices=choices(PeriodKind))
    title = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, null=True, related_name="plans")
    closed = models.DateTimeField(null=True)
    language = models.CharField(max_length=12)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("body", "starts", "-ends", "number")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="period_number_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="period_ends_after_start"),
        )

    def __str__(self) -> str:
        return self.title


class Indicator(models.Model):
    """What is measured in a period and its parts. `per`: what a rate is told per (100: per cent), None for no rate."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="indicators")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    sector = models.CharField(max_length=100, blank=True)
    unit_of_measure = models.CharField(max_length=60)
    places = models.PositiveSmallIntegerField(default=0)
    per = models.PositiveIntegerField(null=True)
    direction = models.CharField(max_length=8, choices=choices(Direction))
    over_time = models.CharField(max_length=8, choices=choices(OverTime))
    over_units = models.CharField(max_length=10, choices=choices(OverUnits))
    curve = models.CharField(max_length=12, choices=choices(Curve))
    baseline = models.BigIntegerField(null=True)
    baseline_day = models.DateField(null=True)
    baseline_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("body", "code")
        constraints = (
            models.UniqueConstraint(fields=("body", "code"), name="indicator_code_once"),
            models.CheckConstraint(condition=Q(places__lte=4), name="indicator_places_are_few"),
            models.CheckConstraint(
                condition=(Q(per__isnull=True) & ~Q(over_units="ratio")) | (Q(per__gte=1) & ~Q(over_units="sum")),
                name="indicator_rates_are_not_added",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Definition(models.Model):
    """A version of what exactly an indicator counts, and of what. Every figure says which one it follows."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    counts = models.CharField(max_length=200)
    out_of = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    entered = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("indicator", "version")
        constraints = (models.UniqueConstraint(fields=("indicator", "version"), name="definition_version_once"),)

    def __str__(self) -> str:
        return f"{self.indicator}, definition {self.version}"


class Target(models.Model):
    """What an indicator is to reach in a period, by which decision. A change is a further version; none is replaced."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="targets")
    version = models.PositiveIntegerField()
    value = models.BigIntegerField()
    upper = models.BigIntegerField(null=True)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="targets")
    reason = models.CharField(max_length=500, blank=True)
    entered = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("indicator", "period", "version")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period", "version"), name="target_version_once"),
            models.CheckConstraint(condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="target_bounds"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="target_changes_say_why"),
        )

    def __str__(self) -> str:
        return f"{self.indicator}, target {self.version}"


class Allocation(models.Model):
    """What a unit is to reach in a period, out of what the unit over it is to. `weight`: of 10,000, where weighted.

    `given`: when it was given first; nothing where that is not known.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="allocations")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="allocations")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="allocations")
    over = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField()
    weight = models.PositiveIntegerField(null=True)
    given = models.DateTimeField(null=True)

    class Meta:
        ordering = ("indicator", "period", "pk")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period", "unit"), name="unit_has_one_share"),
            models.CheckConstraint(condition=~Q(unit=F("over")), name="share_is_of_another_unit"),
        )

    def __str__(self) -> str:
        return f"{self.unit}, {self.indicator}"


class FigureSheet(models.Model):
    """A table of figures that a unit sent: all of it was entered by one act, and another can take all of it back."""

    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="figure_sheets")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    book = models.ForeignKey("journal.Book", on_delete=models.PROTECT, related_name="+")
    entered = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("unit", "number")
        constraints = (
            models.UniqueConstraint(fields=("unit", "number"), name="figure_sheet_number_once"),
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True, reason="") | (Q(withdrawn__isnull=False) & ~Q(reason="")),
                name="figure_sheet_says_why_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"table {self.number} of {self.unit}"


class Figure(models.Model):
    """How much a unit had in one of the shortest periods up to a day. Further reports stand beside it."""

    class State(models.TextChoices):
        """Where a figure stands."""

        REPORTED = "reported", "reported"
        REVIEWED = "reviewed", "reviewed"
        DISPUTED = "disputed", "disputed"
        WITHDRAWN = "withdrawn", "withdrawn"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="figures")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="figures")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REPORTED)
    evidence = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    reporter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reported = models.DateTimeField()
    sheet = models.ForeignKey(FigureSheet, on_delete=models.PROTECT, null=True, related_name="figures")

    class Meta:
        ordering = ("indicator", "period", "unit", "number")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period", "unit", "number"), name="figure_number_once"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=1), name="figure_denominator_is_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}, {self.indicator}, report {self.number}"


class FigureFile(Shown):
    """A photo or file that shows what a figure says."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="files")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("figure", "sha256"), name="figure_file_once"),)


class Review(models.Model):
    """What came of looking at a figure: reviewed, or disputed with a reason; never by whoever reported it."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Figure.State.choices)
    reason = models.TextField(blank=True)
    reviewer = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("figure", "number")
        constraints = (
            models.UniqueConstraint(fields=("figure", "number"), name="review_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="reviewed") | (Q(outcome="disputed") & ~Q(reason="")),
                name="review_says_why_disputed",
            ),
        )

    def __str__(self) -> str:
        return f"review {self.number} of {self.figure}"


class FigureDraft(models.Model):
    """A figure that somebody began to write and has not reported yet."""

    outside_the_book = "A draft is no act: it is whoever writes it who sees it, until it is reported."

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    kept = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "indicator", "period", "unit"), name="one_draft_each"),
        )

    def __str__(self) -> str:
        return f"draft of {self.indicator} for {self.unit}"


class Method(models.Model):
    """What a unit did to get where it is, told by itself beside its figure, so that methods travel."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="methods")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="methods")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="methods")
    number = models.PositiveIntegerField()
    text = models.TextField()
    told = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("indicator", "period", "unit", "number")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "period", "unit", "number"), name="method_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="method_says_something"),
        )

    def __str__(self) -> str:
        return f"what {self.unit} did for {self.indicator}"


class PeerGroup(models.Model):
    """Units that a body holds to be alike, to be compared with each other: ports with ports, whatever their level."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="peer_groups")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    units = models.ManyToManyField("bodies.Unit", through="Peer", related_name="+")
    formed = models.DateTimeField()
    dissolved = models.DateTimeField(null=True)

    class Meta:
        ordering = ("body", "name", "number")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="peer_group_number_once"),
            models.UniqueConstraint(
                fields=("body", "name"), condition=Q(dissolved__isnull=True), name="peer_group_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Peer(models.Model):
    """A unit in a group of peers. Who is in a group never changes: another group is another one."""

    group = models.ForeignKey(PeerGroup, on_delete=models.PROTECT, related_name="peers")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("group", "unit")
        constraints = (models.UniqueConstraint(fields=("group", "unit"), name="peer_once"),)

    def __str__(self) -> str:
        return f"{self.unit} in {self.group}"
