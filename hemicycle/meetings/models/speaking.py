"""The floor: who asks for it, who has it from when to when, and when the clock of a speech stands still."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class TurnKind(models.TextChoices):
    """What somebody has the floor for."""

    COMMENT = "comment", "to speak"
    FOR = "for", "for"
    AGAINST = "against", "against"
    QUESTION = "question", "question"
    ORDER = "point of order", "point of order"
    INTERRUPTION = "interruption", "interruption"
    REPLY = "reply", "reply"


class FloorRequest(models.Model):
    """Somebody who asks for the floor on an item. Not in the book: what counts is who was given the floor, and when.

    `place` is where the desk put the request by hand; without one it stands where the rules put it. It waits until it
    is `called` or `withdrawn`.
    """

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="requests")
    participation = models.ForeignKey("meetings.Participation", on_delete=models.PROTECT, related_name="requests")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=TurnKind.choices)
    asked = models.DateTimeField()
    place = models.PositiveIntegerField(null=True)
    called = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    outside_the_book: ClassVar[str] = "Asking is no act; who was given the floor, and when, is."

    class Meta:
        ordering = ("item", "asked", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "participation"), condition=Q(called=None, withdrawn=None), name="one_slot_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} asks for the floor on {self.item}"


class Turn(models.Model):
    """Who has the floor, from when to when. `during` is the speech that it interrupts; its clock stands meanwhile.

    `seconds` is how long it was, told when it ends: without the whiles in which its clock stood.
    """

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="turns")
    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="turns")
    speech = models.OneToOneField("meetings.Speech", on_delete=models.PROTECT, related_name="turn")
    speaker = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    request = models.OneToOneField(FloorRequest, on_delete=models.PROTECT, null=True, related_name="turn")
    during = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="inner")
    kind = models.CharField(max_length=16, choices=TurnKind.choices)
    remote = models.BooleanField(default=False)
    limit = models.PositiveIntegerField(null=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("item", "starts", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting",), condition=Q(ends=None, during=None), name="one_person_has_the_floor"
            ),
            models.UniqueConstraint(
                fields=("during",), condition=Q(ends=None, during__isnull=False), name="one_interruption_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="turn_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.speaker} on {self.item}"


class Held(models.Model):
    """A while in which the clock of a speech stands still, and why."""

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="held")
    because = models.CharField(max_length=500, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        ordering = ("turn", "starts")
        verbose_name_plural = "held"
        constraints = (
            models.UniqueConstraint(fields=("turn",), condition=Q(ends=None), name="held_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="held_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"clock of {self.turn} held"
