"""What the texts of a body say in its other languages."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Translation(models.Model):
    """What one text says in another language. The original is the authentic one; a translation never changes.

    `subject` names the row whose text it is (“motion:7”), `part` which of its texts (“title”, “point 2”). The digest is
    that of the original as it was translated: a text that reads otherwise today has a translation that is out of date,
    and none that says so had to be written for it. Of several for the same words the last counts.
    """

    book = models.ForeignKey("journal.Book", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    part = models.CharField(max_length=20)
    original_language = models.CharField(max_length=12)
    original_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    text = models.TextField()
    made = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    scope = models.CharField(max_length=60, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("subject", "language"), name="translation_by_subject"),)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="translation_says_something"),
            models.CheckConstraint(condition=~Q(language=F("original_language")), name="translation_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.part} in {self.language}"
