"""The organisation: units and the bodies that decide in them, their rules, terms, posts and who holds them."""

from dataclasses import asdict
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.bodies.rules import (
    STANDARD_MOTIONS,
    Budgets,
    ProxyHolders,
    QuorumLost,
    QuorumOf,
    SpeakFirst,
    Ties,
    Unconnected,
)


class Unit(models.Model):
    """A node of the organisation: the whole, a region, a local. Ended, never deleted."""

    book = models.OneToOneField("journal.Book", on_delete=models.PROTECT, related_name="unit")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=60)
    founded = models.DateField(null=True)
    ended = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=Q(ended__gt=F("founded")), name="unit_ends_after_founding"),)

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Under which unit a unit stands, from one day until before another. Acyclic on every date."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit",), condition=Q(ends=None), name="unit_under_one_parent"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="unit_not_under_itself"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="placement_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.unit} under {self.parent}"


class Body(models.Model):
    """What decides: a congress, council, bureau or club. Its acts stand in its book."""

    book = models.OneToOneField("journal.Book", on_delete=models.PROTECT, related_name="body")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    time_zone = models.CharField(max_length=60)
    # Its texts are authentic in its own language, and translated into these others.
    language = models.CharField(max_length=12, default="en")
    languages = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


def standard_motions() -> list[dict[str, object]]:
    """Return the usual table of procedural motions, as the column keeps it."""
    return [asdict(motion) for motion in STANDARD_MOTIONS]


class RulesOfProcedure(models.Model):
    """A version of a body's rules, in force from a day until the next version's. A version never changes.

    The quorum is `quorum_numerator / quorum_denominator` of `quorum_of`, strictly more or at least. `presiding` lists
    the bases on which a person may preside, in the order in which they are called. What each column means is said at
    `bodies.rules.Preset`, and `bodies.queries.procedure(rules)` returns the version in that form.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules")
    version = models.PositiveIntegerField()
    in_force_from = models.DateField()
    preset = models.CharField(max_length=40)
    notice_days = models.PositiveIntegerField()
    quorum_numerator = models.PositiveIntegerField()
    quorum_denominator = models.PositiveIntegerField()
    quorum_strict = models.BooleanField()
    remote_counts = models.BooleanField()
    majority_numerator = models.PositiveIntegerField()
    majority_denominator = models.PositiveIntegerField()
    majority_strict = models.BooleanField()
    majority_of = models.CharField(max_length=16)
    presiding = models.JSONField()
    vote_may_change = models.BooleanField()
    secret_by_box = models.BooleanField(default=True)
    names_of_votes = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.BODY)
    notice_days_extraordinary = models.PositiveIntegerField(null=True)
    documents_days = models.PositiveIntegerField(default=0)
    quorum_of = models.CharField(max_length=16, default=QuorumOf.MEMBERS.value)
    quorum_presumed = models.BooleanField(default=False)
    quorum_wait_minutes = models.PositiveIntegerField(default=0)
    quorum_lost = models.CharField(max_length=16, default=QuorumLost.NO_VOTES.value)
    second_call_numerator = models.PositiveIntegerField(null=True)
    second_call_denominator = models.PositiveIntegerField(null=True)
    second_call_strict = models.BooleanField(default=False)
    second_call_after_days = models.PositiveIntegerField(default=0)
    majorities = models.JSONField(default=dict)
    presiding_offices = models.JSONField(default=list)
    authorizers = models.JSONField(default=list)
    alternates_vote = models.BooleanField(default=True)
    alternates_in_order = models.BooleanField(default=False)
    interested_count = models.BooleanField(default=False)
    ties = models.CharField(max_length=16, default=Ties.LOST.value)
    casting_vote = models.BooleanField(default=False)
    unanimous_allows_abstentions = models.BooleanField(default=False)
    procedural_motions = models.JSONField(default=standard_motions)
    meetings_access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    documents_access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PARTICIPANTS)
    minutes_access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.BODY)
    two_persons_from = models.PositiveIntegerField(null=True)
    circulation_allowed = models.BooleanField(default=True)
    circulation_days = models.PositiveIntegerField(default=7)
    circulation_demand = models.PositiveIntegerField(default=1)
    speak_first = models.CharField(max_length=40, blank=True, default=SpeakFirst.ORDER.value)
    newcomers_first = models.BooleanField(default=False)
    sides_alternate = models.BooleanField(default=False)
    observers_speak = models.BooleanField(default=False)
    speech_seconds = models.PositiveIntegerField(null=True)
    short_seconds = models.PositiveIntegerField(null=True)
    item_minutes = models.PositiveIntegerField(null=True)
    time_budgets = models.CharField(max_length=16, blank=True, default=Budgets.NONE.value)
    votes_weighted = models.BooleanField(default=False)
    votes_split = models.BooleanField(default=False)
    proxies_most = models.PositiveIntegerField(default=0)
    proxy_holders = models.CharField(max_length=16, default=ProxyHolders.MEMBERS.value)
    mandates_most = models.PositiveIntegerField(default=1)
    second_by = models.CharField(max_length=16, blank=True, default="")
    second_majority = models.CharField(max_length=40, blank=True, default="")
    votes_quorum = models.CharField(max_length=40, blank=True, default="")
    counts_twice_from = models.PositiveIntegerField(null=True)
    unconnected = models.CharField(max_length=8, default=Unconnected.GO_ON.value)
    connect_seconds = models.PositiveIntegerField(default=0)
    running_result = models.BooleanField(default=False)
    changes_below = models.BooleanField(default=False)
    changes_beside = models.BooleanField(default=False)
    elections = models.JSONField(default=dict)

    append_only: ClassVar[bool] = True

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("body", "version"), name="rules_version_once"),
            models.UniqueConstraint(fields=("body", "in_force_from"), name="rules_one_version_a_day"),
            models.CheckConstraint(
                condition=Q(quorum_denominator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(majority_denominator__gte=1, majority_numerator__lte=F("majority_denominator")),
                name="majority_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(second_call_numerator__isnull=True, second_call_denominator__isnull=True)
                | Q(second_call_denominator__gte=1, second_call_numerator__lte=F("second_call_denominator")),
                name="second_call_is_a_fraction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}, rules {self.version}"


class Term(models.Model):
    """An ordinal mandate of a body: the Seventh, the Eighth. Terms of a body do not overlap.

    `held_before` is how many meetings of the term were held before its body kept a book here: the numbers go on
    from there.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    ordinal = models.PositiveIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    held_before = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("body", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("body", "ordinal"), name="term_ordinal_once"),
            models.UniqueConstraint(fields=("body",), condition=Q(ends=None), name="one_open_term"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="term_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.body}, term {self.ordinal}"


class PostKind(models.TextChoices):
    """What kind of seat or office a post is; the capacity that it gives follows from it."""

    FULL = "full", "full member"
    ALTERNATE = "alternate", "alternate member"
    CHAIR = "chair", "chair"
    SECRETARY = "secretary", "secretary"
    AUDITOR = "auditor", "auditor"
    PRESS = "press", "press officer"
    HEAD = "head", "head of unit"


class Post(models.Model):
    """A seat or office of a body, or the head of a unit; `title` is how it is called there."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="posts")
    kind = models.CharField(max_length=12, choices=PostKind.choices)
    title = models.CharField(max_length=200)
    seats = models.PositiveIntegerField(default=1)
    votes = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(body__isnull=True, unit__isnull=False) | Q(body__isnull=False, unit__isnull=True),
                name="post_of_a_body_or_a_unit",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """Who holds a post, from a day until before another, and the entries of the decisions that gave and ended it.

    One full spell per person, body and date: `full_of` repeats the body for a full seat so that the database
    itself refuses a second open one.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="memberships")
    # The unit that a member of a higher body comes from, for seats and groups.
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="delegates")
    seat = models.PositiveIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    full_of = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey("journal.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("full_of", "person"), condition=Q(ends=None, full_of__isnull=False), name="one_full_spell"
            ),
            models.UniqueConstraint(fields=("post", "person"), condition=Q(ends=None), name="one_open_spell_per_post"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="membership_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"
