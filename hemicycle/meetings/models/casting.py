"""Who casts whose votes in a meeting: proxies, and mandates that one person holds beside their own."""

from django.db import models
from django.db.models import F, Q


class Proxy(models.Model):
    """A vote given to another for one meeting. It rests while whoever gave it is there, and ends when it is revoked."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="proxies")
    principal = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    given = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name_plural = "proxies"
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "principal"), condition=Q(revoked=None), name="one_proxy_of_a_person_and_meeting"
            ),
            models.CheckConstraint(condition=~Q(principal=F("holder")), name="nobody_is_their_own_proxy"),
            models.CheckConstraint(condition=Q(revoked=None) | Q(revoked__gte=F("given")), name="proxy_given_first"),
        )

    def __str__(self) -> str:
        return f"{self.holder} for {self.principal}"


class HeldMandate(models.Model):
    """A mandate that somebody uses at a sitting beside the one that they are accredited with."""

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="held_mandates")
    participation = models.ForeignKey("meetings.Participation", on_delete=models.PROTECT, related_name="held_mandates")
    mandate = models.ForeignKey("meetings.Mandate", on_delete=models.PROTECT, related_name="held")
    taken = models.DateTimeField()

    class Meta:
        ordering = ("sitting", "pk")
        constraints = (models.UniqueConstraint(fields=("sitting", "mandate"), name="mandate_held_once_a_sitting"),)

    def __str__(self) -> str:
        return f"{self.participation}, {self.mandate}"
