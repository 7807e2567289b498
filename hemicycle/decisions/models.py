"""Decisions, the directives that carry them out, and what units report on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Decision(models.Model):
    """What a body decided. Immutable once certified, which is when it comes to stand here."""

    class Adopted(models.TextChoices):
        """How it was adopted."""

        UNANIMOUS = "unanimous", "unanimously"
        BY_VOTE = "by vote", "by vote"
        BY_CONSENT = "by consent", "by consent"
        BY_ACCLAMATION = "by acclamation", "by acclamation"

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="decisions")
    motion = models.ForeignKey("motions.Motion", on_delete=models.PROTECT, related_name="decisions")
    result = models.OneToOneField("voting.Result", on_delete=models.PROTECT, related_name="decision")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=20, default="resolution")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    adopted = models.CharField(max_length=16, choices=Adopted.choices)
    effective = models.DateField()
    certified = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("body", "number")
        constraints = (models.UniqueConstraint(fields=("body", "number"), name="decision_number_once"),)

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """A numbered point of a decision; an operational one is carried out by directives."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    operational = models.BooleanField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("decision", "ordinal")
        constraints = (models.UniqueConstraint(fields=("decision", "ordinal"), name="decision_point_once"),)

    def __str__(self) -> str:
        return f"point {self.ordinal} of {self.decision}"


class Directive(models.Model):
    """A task from a point of a decision: issued by one unit to exactly one responsible unit, with a due date."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="directives")
    number = models.PositiveIntegerField()
    issuing_unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="issued")
    responsible_unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="directives")
    text = models.TextField()
    language = models.CharField(max_length=12)
    sector = models.CharField(max_length=100, blank=True)
    issued = models.DateTimeField()
    due = models.DateField()
    received = models.DateTimeField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("point", "number")
        constraints = (models.UniqueConstraint(fields=("point", "number"), name="directive_number_once"),)

    def __str__(self) -> str:
        return self.text[:80]


class Progress(models.Model):
    """What a unit reports on a directive. Append-only: a later report does not replace an earlier one."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="progress")
    ordinal = models.PositiveIntegerField()
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    reported = models.DateTimeField()
    narrative = models.TextField()
    done = models.BooleanField(default=False)
    delay_reason = models.TextField(blank=True)
    language = models.CharField(max_length=12)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("directive", "ordinal")
        verbose_name_plural = "progress"
        constraints = (
            models.UniqueConstraint(fields=("directive", "ordinal"), name="progress_ordinal_once"),
            models.CheckConstraint(condition=~Q(narrative=""), name="progress_says_something"),
        )

    def __str__(self) -> str:
        return f"report {self.ordinal} on {self.directive}"
