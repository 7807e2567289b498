"""Mandates for one meeting: what units are asked for and whom they name, answers to the summons, credentials."""

from django.db import models
from django.db.models import F, Q


class MandateCall(models.Model):
    """What one unit is asked for by a meeting: so many delegates and alternates, by a deadline.

    The unit names persons (mandates and alternates), or a delegation by its head and number.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="mandate_calls")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="mandate_calls")
    delegates = models.PositiveIntegerField()
    alternates = models.PositiveIntegerField(default=0)
    deadline = models.DateTimeField()
    named = models.DateTimeField(null=True)
    head = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("meeting", "unit__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "unit"), name="unit_called_once"),
            models.CheckConstraint(condition=Q(delegates__gte=1), name="a_call_asks_for_somebody"),
            models.CheckConstraint(
                condition=Q(head__isnull=True, number__isnull=True) | Q(number__gte=1, number__lte=F("delegates")),
                name="delegation_within_its_mandates",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}, {self.meeting}"


class Mandate(models.Model):
    """One of a unit's mandates for a meeting, and the delegate named for it."""

    call = models.ForeignKey(MandateCall, on_delete=models.PROTECT, related_name="mandates")
    ordinal = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="mandates")

    class Meta:
        ordering = ("call", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("call", "ordinal"), name="mandate_once"),
            models.UniqueConstraint(fields=("call", "person"), name="delegate_of_a_unit_once"),
        )

    def __str__(self) -> str:
        return f"{self.call.unit}, {self.ordinal}: {self.person}"


class MandateAlternate(models.Model):
    """Who stands in for a unit's delegates, in the unit's order."""

    call = models.ForeignKey(MandateCall, on_delete=models.PROTECT, related_name="ordered_alternates")
    place = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("call", "place")
        constraints = (
            models.UniqueConstraint(fields=("call", "place"), name="alternate_place_once"),
            models.UniqueConstraint(fields=("call", "person"), name="alternate_of_a_unit_once"),
        )

    def __str__(self) -> str:
        return f"{self.call.unit}, alternate {self.place}: {self.person}"


class Answer(models.Model):
    """Whether somebody who was called to a meeting will come, as they last said."""

    class Coming(models.TextChoices):
        """What the answer is."""

        COMING = "coming", "is coming"
        REMOTE = "remote", "takes part from elsewhere"
        APOLOGY = "apology", "sends an apology"

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=12, choices=Coming.choices)
    at_desk = models.BooleanField(default=False)
    answered = models.DateTimeField()

    class Meta:
        ordering = ("meeting", "pk")
        constraints = (models.UniqueConstraint(fields=("meeting", "person"), name="one_answer_a_meeting"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.coming}"


class AlternateCall(models.Model):
    """An alternate was called to a meeting in place of somebody who sent an apology, until that was taken back."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="alternate_calls")
    alternate = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    stands_for = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    called = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ("meeting", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "alternate"), condition=Q(withdrawn=None), name="alternate_called_once"
            ),
            models.UniqueConstraint(
                fields=("meeting", "stands_for"), condition=Q(withdrawn=None), name="one_alternate_called_for_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.alternate} for {self.stands_for}"


class CredentialsReport(models.Model):
    """What the credentials officers report to a meeting; the sitting adopts it. A later one is a further report."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="credentials_reports")
    ordinal = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    counts = models.JSONField()
    reported = models.DateTimeField()
    adopted = models.DateTimeField(null=True)
    adopted_in = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("meeting", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "ordinal"), name="credentials_report_once"),
            models.CheckConstraint(
                condition=Q(adopted__isnull=True) | Q(adopted__gte=F("reported")), name="adopted_after_report"
            ),
        )

    def __str__(self) -> str:
        return f"credentials {self.ordinal} of {self.meeting}"
