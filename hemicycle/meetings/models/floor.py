"""What happens in a sitting: who presides, when it rests or sits in private, its quorum, and what is said in it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access

# What goes round between meetings is numbered beside them, from here on.
CIRCULATIONS_FROM = 100_000


class Presiding(models.Model):
    """Who holds the chair of a sitting from when to when, and on what basis."""

    class Basis(models.TextChoices):
        """Why a person may preside."""

        OFFICE = "office", "by office"
        AUTHORIZATION = "authorization", "on authorization"
        ELECTION = "election", "elected by the meeting"
        SENIORITY = "seniority", "by seniority"

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="presidings")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=16, choices=Basis.choices)
    authorized_by = models.CharField(max_length=300, blank=True)
    # Who may know of it: the chair may change hands in private.
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sitting", "starts")
        constraints = (
            models.UniqueConstraint(fields=("sitting",), condition=Q(ends=None), name="one_person_presides"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="presiding_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(basis="authorization") | ~Q(authorized_by=""), name="authorization_names_its_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} presiding over {self.sitting}"


class Report(models.Model):
    """A report on an item, delivered in the sitting or submitted in writing. Once entered it never changes.

    `sitting` is the one that was open then, if one was: what it closes, it closes for the report too.
    """

    class Form(models.TextChoices):
        """How a report reached the meeting."""

        DELIVERED = "delivered", "delivered"
        WRITTEN = "written", "submitted in writing"

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="reports")
    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, null=True, related_name="reports")
    reporter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="reports")
    form = models.CharField(max_length=12, choices=Form.choices)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    heard = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("item", "pk")

    def __str__(self) -> str:
        return self.title


class Suspension(models.Model):
    """A while in which an open sitting rests: nothing is dealt with, and nobody needs to preside."""

    class Cause(models.TextChoices):
        """Why a sitting rests."""

        CHAIR = "chair", "by the chair"
        VACANT = "vacant", "nobody presides"
        QUORUM = "quorum", "too few are there"

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="suspensions")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    because = models.CharField(max_length=500, blank=True)
    until = models.DateTimeField(null=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sitting", "starts")
        constraints = (
            models.UniqueConstraint(fields=("sitting",), condition=Q(ends=None), name="suspended_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="suspension_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"suspension of {self.sitting}"


class ClosedPart(models.Model):
    """A part of a sitting in private: from then on only this audience learns what is done, until it is opened again.

    `staying` names who stays besides the audience. That the sitting is in private is known to whoever knew of it.
    """

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="closed_parts")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES)
    because = models.CharField(max_length=500, blank=True)
    staying = models.JSONField(default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sitting", "starts")
        constraints = (
            models.UniqueConstraint(fields=("sitting",), condition=Q(ends=None), name="in_private_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="private_part_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"part of {self.sitting} in private"


class QuorumCall(models.Model):
    """A count of those who are there, asked for by the chair or by somebody who doubts the quorum."""

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="quorum_calls")
    number = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=200, blank=True)
    called = models.DateTimeField()
    present = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    reached = models.BooleanField()
    second = models.BooleanField(default=False)
    waits_until = models.DateTimeField(null=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("sitting", "number")
        constraints = (models.UniqueConstraint(fields=("sitting", "number"), name="quorum_call_number_once"),)

    def __str__(self) -> str:
        return f"quorum call {self.number} of {self.sitting}"


class Interest(models.Model):
    """A personal interest that somebody declared in an item: they leave it, and are not counted on it."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=500)
    declared = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("item", "declared")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), condition=Q(withdrawn=None), name="interest_declared_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}’s interest in {self.item}"


class Organ(models.Model):
    """A temporary organ of a meeting: it drafts, checks credentials or counts, reports back, and ends with it."""

    class Kind(models.TextChoices):
        """What a temporary organ is for."""

        DRAFTING = "drafting", "drafting committee"
        CREDENTIALS = "credentials", "credentials committee"
        TELLERS = "tellers", "tellers"
        OTHER = "other", "committee"

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="organs")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=200)
    task = models.CharField(max_length=500, blank=True)
    formed = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("meeting", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "name"), name="organ_named_once"),
            models.CheckConstraint(condition=Q(ended__gte=F("formed")), name="organ_ends_after_forming"),
        )

    def __str__(self) -> str:
        return self.name


class OrganMember(models.Model):
    """Who sits in a temporary organ; the first named leads it."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField(default=False)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("organ", "pk")
        constraints = (models.UniqueConstraint(fields=("organ", "person"), name="in_an_organ_once"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.organ}"


class OrganReport(models.Model):
    """What a temporary organ reported back to the meeting. Once entered it never changes."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField()
    language = models.CharField(max_length=12)
    reported = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("organ", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="organ_reports_something"),)

    def __str__(self) -> str:
        return f"report of {self.organ}"


class Speech(models.Model):
    """A speech on an item, delivered in the sitting or handed in in writing. Once entered it never changes."""

    class Form(models.TextChoices):
        """How a speech reached the meeting."""

        DELIVERED = "delivered", "delivered"
        WRITTEN = "written", "handed in in writing"

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="speeches")
    speaker = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="speeches")
    form = models.CharField(max_length=12, choices=Form.choices)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    given = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("item", "pk")
        verbose_name_plural = "speeches"

    def __str__(self) -> str:
        return f"{self.speaker} on {self.item}"


class Conclusion(models.Model):
    """What was concluded at the end of the debate on an item, and by whom. Once entered it never changes."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="conclusions")
    drawn_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    drawn = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("item", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="conclusion_says_something"),)

    def __str__(self) -> str:
        return f"conclusion on {self.item}"
