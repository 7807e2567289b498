"""What a directive aims at in figures, and what it comes to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.decisions.models.tasks import Directive
from hemicycle.decisions.rollup.rules import WHOLE_WEIGHT, Every, Rule


class Aim(models.Model):
    """The figure that a directive asks for, and the rule by which its parts make it. Set at issue, never changed.

    `target` is a whole number of its last place (`places`); of a ratio it is `target` of `target_of`; a milestone has
    so many steps. `weight`: as a part of a weighted whole, in hundredths of a percent. `every`: how often it is
    reported; each period takes reports until `grace` days after its end.
    """

    directive = models.OneToOneField(Directive, on_delete=models.PROTECT, primary_key=True, related_name="aim")
    rule = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Rule])
    measure = models.CharField(max_length=60, blank=True)
    places = models.PositiveSmallIntegerField(default=0)
    target = models.BigIntegerField(null=True)
    target_of = models.BigIntegerField(null=True)
    milestone = models.CharField(max_length=300, blank=True)
    weight = models.PositiveIntegerField(null=True)
    every = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Every], blank=True)
    grace = models.PositiveSmallIntegerField(default=15)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("directive",)
        constraints = (
            models.CheckConstraint(condition=Q(rule__in=[one.value for one in Rule]), name="aim_rule_known"),
            models.CheckConstraint(condition=Q(every__in=["", *(one.value for one in Every)]), name="aim_every_known"),
            models.CheckConstraint(condition=Q(places__lte=4), name="aim_places_are_few"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gte=1, rule__in=("sum", "ratio", "milestone")),
                name="aim_target_is_something",
            ),
            models.CheckConstraint(
                condition=Q(target_of=None, target=None)
                | (Q(target_of=None) & ~Q(rule="ratio"))
                | Q(rule="ratio", target__isnull=False, target_of__isnull=False, target_of__gte=F("target")),
                name="aim_ratio_has_its_denominator",
            ),
            models.CheckConstraint(
                condition=~Q(rule="milestone") | (Q(target__isnull=False, target__gte=1, places=0) & ~Q(milestone="")),
                name="aim_milestone_has_steps",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=1, weight__lte=WHOLE_WEIGHT), name="aim_weight_within_whole"
            ),
        )

    def __str__(self) -> str:
        return f"what {self.directive} aims at"


class Rollup(models.Model):
    """What a directive's figure comes to: what its own unit reported, and the sums of its counted parts.

    Derived from aims, reports and states by the rules of the roll-up, and kept as they change. `over` is the whole that
    it gives its figure to; `counts` whether it does so as it stands.
    """

    aim = models.OneToOneField(Aim, on_delete=models.PROTECT, primary_key=True, related_name="rollup")
    over = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    counts = models.BooleanField(default=True)
    own_value = models.BigIntegerField(default=0)
    own_of = models.BigIntegerField(default=0)
    own_reported = models.BooleanField(default=False)
    value = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)

    outside_the_book: ClassVar[str] = "It is derived from reports that are in the book, and can be computed anew."

    class Meta:
        ordering = ("aim",)

    def __str__(self) -> str:
        return f"what {self.aim.directive} comes to"
