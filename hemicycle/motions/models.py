"""Motions: what is proposed to a meeting, its versions and their points."""

from typing import ClassVar

from django.db import models

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Motion(models.Model):
    """A proposal put to an item of the agenda: a draft resolution or another motion.

    `access` is the narrowest of item, meeting and every sitting in which something was done with it: what a closed
    sitting does with a motion closes the motion.
    """

    class Kind(models.TextChoices):
        """What is proposed."""

        DRAFT_RESOLUTION = "draft resolution", "draft resolution"
        MOTION = "motion", "motion"

    class State(models.TextChoices):
        """What has become of it."""

        TABLED = "tabled", "tabled"
        # From the opening of a ballot until its result is declared or the ballot voided: set by voting's acts.
        VOTING = "voting", "put to the vote"
        ADOPTED = "adopted", "adopted"
        REJECTED = "rejected", "rejected"
        WITHDRAWN = "withdrawn", "withdrawn"

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="motions")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=300)
    mover = models.CharField(max_length=200)
    mover_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="motions")
    state = models.CharField(max_length=12, choices=State.choices, default=State.TABLED)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("item", "ordinal")
        constraints = (models.UniqueConstraint(fields=("item", "ordinal"), name="motion_ordinal_once"),)

    def __str__(self) -> str:
        return self.title


class MotionVersion(models.Model):
    """The text of a motion as it stood from one act to the next. A version never changes."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    preamble = models.TextField(blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("motion", "number")
        constraints = (models.UniqueConstraint(fields=("motion", "number"), name="motion_version_once"),)

    def __str__(self) -> str:
        return f"{self.motion}, version {self.number}"


class MotionPoint(models.Model):
    """A numbered point of a version; an operational point asks somebody to do something."""

    version = models.ForeignKey(MotionVersion, on_delete=models.PROTECT, related_name="points")
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    operational = models.BooleanField(default=False)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("version", "ordinal")
        constraints = (models.UniqueConstraint(fields=("version", "ordinal"), name="motion_point_once"),)

    def __str__(self) -> str:
        return f"point {self.ordinal} of {self.version}"
