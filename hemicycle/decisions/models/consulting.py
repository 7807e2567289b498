"""Consultations: a decision is discussed in the units below, each answers, and all see who has answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class How(models.TextChoices):
    """How a unit took a decision up."""

    MET = "met", "held a meeting"
    NOTED = "noted", "took note"


class Consultation(models.Model):
    """A call for discussion in all units below a body, or in those of one level: what is asked, and until when.

    `positions` are what a unit may choose from, none where it is asked for none; `asked` is how many units are.
    """

    point = models.ForeignKey("decisions.Point", on_delete=models.PROTECT, related_name="consultations")
    number = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=12)
    positions = models.JSONField(default=list)
    level = models.CharField(max_length=60, blank=True)
    called = models.DateTimeField()
    due = models.DateField()
    asked = models.PositiveIntegerField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("point", "number")
        constraints = (
            models.UniqueConstraint(fields=("point", "number"), name="consultation_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="consultation_asks_something"),
            models.CheckConstraint(condition=Q(asked__gt=0), name="consultation_asks_somebody"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Addressee(models.Model):
    """A unit that is asked, where it stood in the tree at the call, and its last answer in brief.

    `region` is the unit right below the body's in which it stands, `place` its place in the tree read downwards.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="addressees")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="consulted")
    region = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=8, choices=How.choices, blank=True, default="")
    late = models.BooleanField(default=False)
    position = models.CharField(max_length=100, blank=True, default="")
    answered = models.DateTimeField(null=True)

    class Meta:
        ordering = ("consultation", "place")
        indexes = (models.Index(fields=("consultation", "region", "place"), name="addressee_by_region"),)
        constraints = (
            models.UniqueConstraint(fields=("consultation", "unit"), name="addressee_once"),
            models.UniqueConstraint(fields=("consultation", "place"), name="addressee_place_once"),
            models.CheckConstraint(
                condition=Q(how="", answered=None, late=False, position="")
                | Q(how__in=("met", "noted"), answered__isnull=False),
                name="addressee_answered_somehow",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} is asked: {self.consultation}"


class UnitAnswer(models.Model):
    """What a unit answered to a consultation. It never changes; a later answer counts in its place.

    `held` is the day of the unit's own meeting, `meeting` and `decision` where they are found here; `plan` is what the
    unit set itself to do.
    """

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="answers")
    ordinal = models.PositiveIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    held = models.DateField(null=True)
    taking_part = models.PositiveIntegerField(null=True)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    plan = models.TextField(blank=True)
    position = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=12)
    answered = models.DateTimeField()
    late = models.BooleanField(default=False)
    reporter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("addressee", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("addressee", "ordinal"), name="unit_answer_ordinal_once"),
            models.CheckConstraint(condition=~Q(text=""), name="unit_answer_says_something"),
            models.CheckConstraint(
                condition=Q(how="met", held__isnull=False)
                | Q(how="noted", held=None, taking_part=None, meeting=None, decision=None),
                name="unit_answer_meeting_was_held",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.ordinal} of {self.addressee.unit}"


class ConsultationClosed(models.Model):
    """The end of a consultation: what came of it, in words and counts. After it no answer is taken.

    `positions` are pairs of a position and how many units took it.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="closing")
    text = models.TextField(blank=True)
    closed = models.DateTimeField()
    met = models.PositiveIntegerField()
    noted = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    positions = models.JSONField(default=list)

    append_only: ClassVar[bool] = True

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(late__lte=F("met") + F("noted")), name="consultation_late_answered"),
        )

    def __str__(self) -> str:
        return f"end of {self.consultation}"
