"""The minutes of a meeting: their versions, to whom they went out, what was to be corrected, who approved them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Minutes(models.Model):
    """The minutes of a meeting, and how far they are. Their text is in their versions, of which each is kept."""

    class State(models.TextChoices):
        """How far minutes are."""

        DRAFT = "draft", "draft"
        CIRCULATED = "circulated", "circulated"
        APPROVED = "approved", "approved"

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="minutes")
    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="minutes")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    # Until when corrections are asked for, while the minutes are circulated.
    until = models.DateField(null=True)
    drawn_up = models.DateTimeField()

    class Meta:
        ordering = ("meeting",)
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"minutes of {self.meeting}"


class MinutesVersion(models.Model):
    """A version of minutes. It never changes; each section of its content names the audience that may read it.

    `up_to` is the last entry of the book from which it was written; `departs_because` says why the text departs from
    the book where it does.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    up_to = models.PositiveBigIntegerField()
    made = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    departs_because = models.CharField(max_length=500, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("minutes", "number")
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="minutes_version_once"),)

    def __str__(self) -> str:
        return f"{self.minutes}, version {self.number}"


class MinutesCirculation(models.Model):
    """That a version of minutes went out to those who took part. It never changes."""

    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="circulation")
    circulated = models.DateTimeField()
    until = models.DateField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PARTICIPANTS)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("version",)

    def __str__(self) -> str:
        return f"circulation of {self.version}"


class MinutesApproval(models.Model):
    """That a later meeting approved a version of minutes: by a vote, or because nobody objected. It never changes."""

    class How(models.TextChoices):
        """How minutes were approved."""

        UNOPPOSED = "unopposed", "without objection"
        VOTE = "vote", "by a vote"

    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="approval")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="minutes_approved")
    how = models.CharField(max_length=12, choices=How.choices)
    result = models.ForeignKey("voting.Result", on_delete=models.PROTECT, null=True, related_name="+")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.BODY)
    approved = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("version",)
        constraints = (
            models.CheckConstraint(
                condition=Q(how="vote", result__isnull=False) | Q(how="unopposed", result=None),
                name="approval_by_a_vote_names_it",
            ),
        )

    def __str__(self) -> str:
        return f"approval of {self.version}"


class MinutesCorrection(models.Model):
    """What a member asks to have corrected in circulated minutes: how a section should read, and why."""

    class State(models.TextChoices):
        """What came of it."""

        PROPOSED = "proposed", "proposed"
        TAKEN_UP = "taken up", "taken up"
        DECLINED = "declined", "declined"

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=100)
    text = models.TextField()
    reason = models.CharField(max_length=500)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    answer = models.CharField(max_length=500, blank=True)
    answered = models.DateTimeField(null=True)
    taken_into = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, null=True, related_name="takes_up")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PARTICIPANTS)

    class Meta:
        ordering = ("minutes", "number")
        constraints = (
            models.UniqueConstraint(fields=("minutes", "number"), name="minutes_correction_once"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="a_correction_is_declined_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="taken up", taken_into__isnull=False) | ~Q(state="taken up") & Q(taken_into=None),
                name="a_correction_is_taken_into_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"correction {self.number} of {self.minutes}"
