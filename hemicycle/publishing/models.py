"""What a body publishes: pages made from its book, each immutable under its permanent address."""

from typing import ClassVar

from django.db import models

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Publication(models.Model):
    """A published communiqué. It never changes; a correction is a visible later version.

    `content` is what the page and the PDF are made from; `up_to` is the entry of the book that it was written
     up to.
    """

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="publications")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20, default="communiqué")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    content = models.JSONField()
    up_to = models.PositiveBigIntegerField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    correction_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    correction_reason = models.CharField(max_length=500, blank=True)
    published = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("meeting", "kind", "language", "version")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "kind", "language", "version"), name="publication_version_once"),
        )

    def __str__(self) -> str:
        return self.title
