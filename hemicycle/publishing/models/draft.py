"""What the press has written about a meeting and not published yet."""

from typing import ClassVar

from django.db import models

from hemicycle.accounts.access import ACCESS_CHOICES


class PressDraft(models.Model):
    """The sections of a communiqué that the press wrote anew, by their names; all others are as the book tells them.

    `version` rises with every saving, so that nobody writes over another.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="press_drafts")
    language = models.CharField(max_length=12)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES)
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField()
    saved_by = models.CharField(max_length=200)

    outside_the_book: ClassVar[str] = "A draft is no act; what is published of it is."

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "language", "access"), name="one_press_draft_for_an_audience"),
        )

    def __str__(self) -> str:
        return f"draft about {self.meeting}"
