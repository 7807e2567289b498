"""What was entered in error: the words stay in the book, and no page reads them as said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Struck(models.Model):
    """A report, speech, conclusion or committee's report that was entered in error, and why. It never changes."""

    report = models.OneToOneField("meetings.Report", on_delete=models.PROTECT, null=True, related_name="struck")
    speech = models.OneToOneField("meetings.Speech", on_delete=models.PROTECT, null=True, related_name="struck")
    conclusion = models.OneToOneField("meetings.Conclusion", on_delete=models.PROTECT, null=True, related_name="struck")
    organ_report = models.OneToOneField(
        "meetings.OrganReport", on_delete=models.PROTECT, null=True, related_name="struck"
    )
    because = models.CharField(max_length=500)
    moment = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "struck"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    Q(report__isnull=False, speech=None, conclusion=None, organ_report=None)
                    | Q(report=None, speech__isnull=False, conclusion=None, organ_report=None)
                    | Q(report=None, speech=None, conclusion__isnull=False, organ_report=None)
                    | Q(report=None, speech=None, conclusion=None, organ_report__isnull=False)
                ),
                name="struck_is_one_thing",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="struck_for_a_reason"),
        )

    def __str__(self) -> str:
        return f"struck: {self.report or self.speech or self.conclusion or self.organ_report}"
