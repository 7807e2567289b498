"""What a body publishes: pages made from its book, each immutable under its permanent address."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.publishing.models.draft import PressDraft
from hemicycle.publishing.models.minutes import (
    Minutes,
    MinutesApproval,
    MinutesCirculation,
    MinutesCorrection,
    MinutesVersion,
)

__all__ = [
    "Minutes",
    "MinutesApproval",
    "MinutesCirculation",
    "MinutesCorrection",
    "MinutesVersion",
    "PressDraft",
    "Publication",
    "PublicationKind",
]


class PublicationKind(models.TextChoices):
    """What is published about a meeting: while it lasts, a daily report; when it is over, its communiqué."""

    DAILY = "daily report", "daily report"
    COMMUNIQUE = "communiqué", "communiqué"


class Publication(models.Model):
    """A published communiqué or daily report. It never changes; a correction is a visible later version.

    `content` is what the page and the PDF are made from; `up_to` is the last entry of the book before it, up to
    which it was written. Versions are numbered for each meeting and language.
    """

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="publications")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20, choices=PublicationKind.choices)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    up_to = models.PositiveBigIntegerField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    correction_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    correction_reason = models.CharField(max_length=500, blank=True)
    # Why the text departs from the book, where it does.
    departs_because = models.CharField(max_length=500, blank=True)
    published = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("meeting", "language", "version")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "language", "version"), name="publication_version_once"),
            models.CheckConstraint(
                condition=Q(correction_of=None) | ~Q(correction_reason=""), name="a_correction_says_why"
            ),
        )

    def __str__(self) -> str:
        return self.title
