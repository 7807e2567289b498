"""How somebody wants to be reminded of what is due: by a calendar of their own, by mail on a day of the week."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class CalendarLink(models.Model):
    """A secret address at which a person's calendar reads their due dates, until it is revoked."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="calendar_links")
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    outside_the_book: ClassVar[str] = "It shows its owner what they may see anyway; making one is no act."

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(revoked=None), name="calendar_link_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"calendar link {self.pk}"


class Digest(models.Model):
    """On which day of the week a person wants a mail about what waits for them; Monday is 0.

    `done` is the last day that was dealt with, sent or empty; `tried` when the mailer last took it up.
    """

    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="digest")
    weekday = models.PositiveSmallIntegerField()
    done = models.DateField()
    tried = models.DateTimeField(null=True)

    outside_the_book: ClassVar[str] = "How somebody wants to be reminded is no act."

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(weekday__lte=6), name="digest_on_a_day_of_the_week"),)

    def __str__(self) -> str:
        return f"digest {self.pk}"
