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
        ELECTION = "election", "election"

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


class Amendment(models.Model):
    """A change proposed to the text of a motion: to its preamble, to a point, or a point more or less.

    `point` is the place in the version in which the motion stands; it moves when another amendment moves the points.
    """

    class Target(models.TextChoices):
        """What is changed."""

        PREAMBLE = "preamble", "the preamble"
        POINT = "point", "a point"
        AFTER = "after", "a new point after"
        STRIKE = "strike", "a point is struck"

    class State(models.TextChoices):
        """What has become of it."""

        TABLED = "tabled", "tabled"
        VOTING = "voting", "put to the vote"
        ACCEPTED = "accepted", "accepted by the mover"
        ADOPTED = "adopted", "adopted"
        REJECTED = "rejected", "rejected"
        WITHDRAWN = "withdrawn", "withdrawn"
        FALLEN = "fallen", "fallen with its point"

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="amendments")
    ordinal = models.PositiveIntegerField()
    mover = models.CharField(max_length=200)
    mover_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    target = models.CharField(max_length=12, choices=Target.choices)
    point = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    operational = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TABLED)
    becomes = models.ForeignKey(MotionVersion, on_delete=models.PROTECT, null=True, related_name="+")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("motion", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("motion", "ordinal"), name="amendment_ordinal_once"),
            models.CheckConstraint(
                condition=models.Q(target="strike") | ~models.Q(text=""), name="amendment_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"amendment {self.ordinal} to {self.motion}"


class Election(models.Model):
    """What a motion of the kind election fills: a post with so many seats, or one that is only named, for a time.

    `counting` is the method of voting/methods by which it is counted. `follows` is the election that left seats open
    or asked for a run-off, and that this one goes on with.
    """

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="election")
    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=200)
    seats = models.PositiveIntegerField()
    counting = models.CharField(max_length=20)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    # From when on nobody is nominated any more.
    nominations_closed = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        ordering = ("motion",)
        constraints = (
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="election_fills_a_seat"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="elected_until_after_the_beginning"
            ),
        )

    def __str__(self) -> str:
        return self.called


class Candidate(models.Model):
    """A candidate of an election: who nominated whom, and since when the candidate accepts or has withdrawn.

    `group` is what seats can be reserved for by the rules: a gender, a region, a unit.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidates")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=200, blank=True)
    nominated_by = models.CharField(max_length=200)
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("election", "number")
        constraints = (
            models.UniqueConstraint(fields=("election", "number"), name="candidate_number_once"),
            models.UniqueConstraint(fields=("election", "name"), name="candidate_nominated_once"),
        )

    def __str__(self) -> str:
        return self.name


class ProceduralMotion(models.Model):
    """A motion on how the sitting goes on, from the table of the rules. What follows once it carried is an act.

    `precedence` 1 goes before all others; `majority` names the kind of question whose majority decides it.
    """

    class State(models.TextChoices):
        """What has become of it."""

        MOVED = "moved", "moved"
        CARRIED = "carried", "carried"
        LOST = "lost", "lost"
        WITHDRAWN = "withdrawn", "withdrawn"

    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="procedural_motions")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    effect = models.CharField(max_length=40)
    precedence = models.PositiveIntegerField()
    debatable = models.BooleanField()
    majority = models.CharField(max_length=40)
    mover = models.CharField(max_length=200)
    about = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.MOVED)
    moved = models.DateTimeField()
    decided = models.DateTimeField(null=True)
    # What was counted; nothing where nobody objected.
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    class Meta:
        ordering = ("sitting", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "precedence"), condition=models.Q(state="moved"), name="procedure_moved_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
