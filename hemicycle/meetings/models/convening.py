"""What comes before a meeting besides its summons: moves, receipts, referrals, and rulings on late documents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class MeetingMove(models.Model):
    """A meeting was moved to other days: from when to when, and why. Its page says so for good."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="moves")
    starts_before = models.DateField()
    ends_before = models.DateField()
    place_before = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=500)
    moved = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("meeting", "moved", "pk")

    def __str__(self) -> str:
        return f"{self.meeting}, moved to {self.starts}"


class Receipt(models.Model):
    """A person has received a summons: they said so by the link in their mail, or the desk entered it."""

    class Channel(models.TextChoices):
        """How the receipt became known."""

        LINK = "link", "by the link in the mail"
        DESK = "desk", "entered at the desk"

    summons = models.ForeignKey("meetings.Summons", on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    received = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        constraints = (models.UniqueConstraint(fields=("summons", "person"), name="summons_received_once"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.summons}"


class Referral(models.Model):
    """A body refers a matter to another, which takes it onto an agenda of its own or declines it.

    `item` is the item of the referring body that led to it, where there was one; `accepted_as` the one made of it.
    """

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="referrals_made")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, related_name="referrals")
    to = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="referrals_received")
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=12, default="en")
    note = models.TextField(blank=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    referred = models.DateTimeField()
    accepted_as = models.OneToOneField(
        "meetings.AgendaItem", on_delete=models.PROTECT, null=True, related_name="referral"
    )
    declined = models.DateTimeField(null=True)
    declined_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("referred", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_as__isnull=True) | Q(declined__isnull=True), name="accepted_or_declined"
            ),
        )

    def __str__(self) -> str:
        return self.title


class LateRuling(models.Model):
    """What the body did with a version of a document that was handed out too late: it admitted or refused it."""

    version = models.OneToOneField("meetings.DocumentVersion", on_delete=models.PROTECT, related_name="ruling")
    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="+")
    admitted = models.BooleanField()
    because = models.CharField(max_length=500, blank=True)
    ruled = models.DateTimeField()

    append_only: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.version}, {'admitted' if self.admitted else 'refused'}"
