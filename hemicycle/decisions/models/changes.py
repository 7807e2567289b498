"""What decisions do to earlier ones."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.decisions.models.tasks import Decision


class Change(models.Model):
    """A decision amends, supersedes or repeals an earlier one, from the day on which it takes effect itself.

    It is entered with the later decision. A later decision has the greater key, so that none changes itself or a later
    one, and changes never run in a circle.
    """

    class How(models.TextChoices):
        """What it does to the earlier one."""

        AMENDS = "amends", "amends"
        SUPERSEDES = "supersedes", "supersedes"
        REPEALS = "repeals", "repeals"

    by = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
    of = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changed_by")
    how = models.CharField(max_length=12, choices=How.choices)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("by", "of")
        constraints = (
            models.UniqueConstraint(fields=("by", "of"), name="decision_changed_once_by_another"),
            models.CheckConstraint(condition=Q(of__lt=F("by")), name="decision_changed_by_a_later_one"),
            models.CheckConstraint(
                condition=Q(how__in=("amends", "supersedes", "repeals")), name="decision_change_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} {self.how} {self.of}"
