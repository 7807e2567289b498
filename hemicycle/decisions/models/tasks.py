"""Decisions, the directives that carry them out, and what units report on them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.decisions.rollup.words import report_told
from hemicycle.decisions.rules import ENDED

# What only follows a directive's receipt; every state but the open one; steps that need no reason.
RECEIVED_BEFORE = ("claimed", "closed")
STATES = ("claimed", "sent back", "returned", "suspended", *ENDED)
WITHOUT_REASON = ("verified", "extension granted", "resumed")


class Decision(models.Model):
    """What a body decided. Immutable once certified, which is when it comes to stand here."""

    class Adopted(models.TextChoices):
        """How it was adopted."""

        UNANIMOUS = "unanimous", "unanimously"
        BY_VOTE = "by vote", "by vote"
        BY_CONSENT = "by consent", "by consent"
        BY_ACCLAMATION = "by acclamation", "by acclamation"

    class Type(models.TextChoices):
        """What sort of decision it is."""

        RESOLUTION = "resolution", "resolution"
        ORIENTATION = "orientation", "orientation"
        RULE = "rule", "law or rule"
        ELECTION = "election", "election"
        RECOMMENDATION = "recommendation", "recommendation"
        NOTE = "note", "note"
        DECISION = "decision", "decision"

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="decisions")
    motion = models.ForeignKey("motions.Motion", on_delete=models.PROTECT, related_name="decisions")
    result = models.OneToOneField("voting.Result", on_delete=models.PROTECT, related_name="decision")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=20, choices=Type.choices, default=Type.RESOLUTION)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    adopted = models.CharField(max_length=16, choices=Adopted.choices)
    effective = models.DateField()
    # The last day on which it holds; none where it holds until a later decision ends it.
    expires = models.DateField(null=True)
    certified = models.DateTimeField()
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("body", "number")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(expires__gte=F("effective")),
                name="decision_expires_once_in_effect",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """A numbered point of a decision; an operational one is carried out by directives."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    ordinal = models.PositiveIntegerField()
    text = models.TextField()
    operational = models.BooleanField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("decision", "ordinal")
        constraints = (models.UniqueConstraint(fields=("decision", "ordinal"), name="decision_point_once"),)

    def __str__(self) -> str:
        return f"point {self.ordinal} of {self.decision}"


class WithoutTask(models.Model):
    """Why nobody is given a task from an operational point. A task that is handed out later stands beside it."""

    point = models.OneToOneField(Point, on_delete=models.PROTECT, related_name="without_task")
    reason = models.TextField()
    entered = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        verbose_name_plural = "without task"
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="without_task_says_why"),)

    def __str__(self) -> str:
        return f"no task from {self.point}"


class Directive(models.Model):
    """A task from a point of a decision: issued by one unit to exactly one responsible unit, with a due date.

    One that is broken down from another has it as `parent`, and `not_after`: the day by which that one was due, which
    only ever moves later. A parent is always older than its parts, so that they never run in a circle.
    """

    class State(models.TextChoices):
        """How far it is, where that is more than received, reported on or overdue."""

        OPEN = "", "open"
        CLAIMED = "claimed", "claimed as done"
        SENT_BACK = "sent back", "sent back"
        RETURNED = "returned", "returned"
        SUSPENDED = "suspended", "suspended"
        CLOSED = "closed", "closed"
        NOT_APPLICABLE = "not applicable", "not applicable"
        WITHDRAWN = "withdrawn", "withdrawn"
        SUPERSEDED = "superseded", "superseded"

    class Priority(models.TextChoices):
        """How pressing it is."""

        ORDINARY = "ordinary", "ordinary"
        URGENT = "urgent", "urgent"

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="directives")
    number = models.PositiveIntegerField()
    issuing_unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="issued")
    responsible_unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="directives")
    text = models.TextField()
    language = models.CharField(max_length=12)
    sector = models.CharField(max_length=100, blank=True)
    issued = models.DateTimeField()
    due = models.DateField()
    received = models.DateTimeField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    not_after = models.DateField(null=True)
    priority = models.CharField(max_length=12, choices=Priority.choices, default=Priority.ORDINARY)
    evidence_asked = models.TextField(blank=True, default="")
    state = models.CharField(max_length=16, choices=State.choices, blank=True, default=State.OPEN)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    # Who handles it inside the unit, where the unit names somebody; the unit alone is responsible.
    handler = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="handles")

    class Meta:
        ordering = ("point", "number")
        indexes = (models.Index(fields=("responsible_unit", "state", "due"), name="directive_inbox"),)
        constraints = (
            models.UniqueConstraint(fields=("point", "number"), name="directive_number_once"),
            models.CheckConstraint(condition=Q(state__in=("", *STATES)), name="directive_state_known"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(parent__lt=F("id")), name="directive_younger_than_parent"
            ),
            models.CheckConstraint(
                condition=Q(parent=None, not_after=None) | Q(parent__isnull=False, due__lte=F("not_after")),
                name="directive_due_with_its_parent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RECEIVED_BEFORE, received=None), name="directive_received_first"
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_by__isnull=False)
                | (~Q(state="superseded") & Q(superseded_by=None)),
                name="directive_superseded_by_another",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]


class CoUnit(models.Model):
    """A unit that helps with a directive. The responsible unit alone answers for it."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="co_units")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("directive", "unit"), name="co_unit_once"),)

    def __str__(self) -> str:
        return f"{self.unit} helps with {self.directive}"


class Step(models.Model):
    """A step in a directive's life that is neither its receipt nor a report: who took it, when, and why.

    `was` is the state before it; `day` the due date that is asked for or granted; `answers` the step that it answers.
    Of a verification `reporter` is whose report was checked: nobody verifies their own.
    """

    class Kind(models.TextChoices):
        """What was done."""

        RETURNED = "returned", "returned"
        NOT_APPLICABLE = "not applicable", "not applicable"
        EXTENSION_ASKED = "extension asked", "extension asked"
        EXTENSION_GRANTED = "extension granted", "extension granted"
        EXTENSION_REFUSED = "extension refused", "extension refused"
        VERIFIED = "verified", "verified"
        SENT_BACK = "sent back", "sent back"
        SUSPENDED = "suspended", "suspended"
        RESUMED = "resumed", "resumed"
        WITHDRAWN = "withdrawn", "withdrawn"
        SUPERSEDED = "superseded", "superseded"
        HANDED_OVER = "handed over", "handed over"
        ASKED = "asked", "asked"
        ANSWERED = "answered", "answered"

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    taken = models.DateTimeField()
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reporter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=16, blank=True)
    text = models.TextField(blank=True)
    day = models.DateField(null=True)
    answers = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="answered")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("directive", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("directive", "ordinal"), name="step_ordinal_once"),
            models.CheckConstraint(condition=Q(kind__in=WITHOUT_REASON) | ~Q(text=""), name="step_says_why"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(reporter=None) | ~Q(person=F("reporter")),
                name="nobody_verifies_their_own_report",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.directive}"


class Progress(models.Model):
    """What a unit reports on a directive. Append-only: a later report does not replace an earlier one.

    `through` is the office that entered what the unit told it by telephone; `reporter` is who entered it. `value` is
    what it reports of what the directive aims at, of a ratio with its denominator `out_of`, for the period that begins
    on `period`; a later report for the same period corrects it.
    """

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="progress")
    ordinal = models.PositiveIntegerField()
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    reported = models.DateTimeField()
    narrative = models.TextField()
    done = models.BooleanField(default=False)
    delay_reason = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    reporter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    through = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    expected = models.DateField(null=True)
    help_needed = models.TextField(blank=True, default="")
    value = models.BigIntegerField(null=True)
    out_of = models.BigIntegerField(null=True)
    period = models.DateField(null=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("directive", "ordinal")
        verbose_name_plural = "progress"
        constraints = (
            models.UniqueConstraint(fields=("directive", "ordinal"), name="progress_ordinal_once"),
            models.CheckConstraint(condition=~Q(narrative=""), name="progress_says_something"),
            models.CheckConstraint(
                condition=Q(value=None, out_of=None, period=None)
                | Q(value__isnull=False, value__gte=0, out_of=None)
                | Q(value__isnull=False, out_of__isnull=False, value__gte=0, value__lte=F("out_of"), out_of__gte=1),
                name="progress_value_within_its_denominator",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.ordinal} on {self.directive}"

    @property
    def figure_told(self) -> str:
        """The figure that it reports, in words; nothing where it reports none."""
        if self.value is None:
            return ""
        return report_told(self.directive.aim, self.value, self.out_of, self.period)


class Shown(models.Model):
    """A photo or file that shows what somebody reported. It never changes."""

    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


class Evidence(Shown):
    """A photo or file that shows what a report on a task says."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "evidence"
        constraints = (models.UniqueConstraint(fields=("progress", "sha256"), name="evidence_once"),)
