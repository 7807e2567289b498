"""Stored sources, what a machine read in them, and what a person let into the record, each fact with its passage.

Archived facts stand in tables of their own: there, gapless numbers, notice, quorum and due dates do not bind.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class Archive(models.Model):
    """The archive of a body, with a book of its own: its meetings of the past are imported there."""

    body = models.OneToOneField("bodies.Body", on_delete=models.PROTECT, related_name="archive")
    book = models.OneToOneField("journal.Book", on_delete=models.PROTECT, related_name="archive")

    append_only: ClassVar[bool] = True

    def __str__(self) -> str:
        return self.book.title


class Source(models.Model):
    """A published page, stored whole. `home` is the book whose desk keeps it: a body's, or the installation's.

    `origin` says where it was found, `licence` what may be done with it.
    """

    home = models.ForeignKey("journal.Book", on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="sources")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=12, blank=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.ORGANISATION)
    added = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("home", "sha256"), name="source_once_in_its_home"),)

    def __str__(self) -> str:
        return self.file_name

    @property
    def report(self) -> "ArchivedReport | None":
        """What of it stands in the record: its last import, unless that was withdrawn."""
        return next((one for one in self.imports.all() if not hasattr(one, "withdrawal")), None)


class SourceKey(models.Model):
    """A key with which a program adds sources to a home, as its account may. Only the key's digest is kept.

    What it opens ends with the post or the account of whoever made it, or when it is revoked.
    """

    home = models.ForeignKey("journal.Book", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)

    # When it was last used is a note for its owner, and no act.
    uncovered: ClassVar[frozenset[str]] = frozenset({"used"})

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What a machine read in a source, and how far it is. `text` is the decoded page, into which all places point."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="reading")
    asked = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    failed = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)
    page = models.JSONField(default=dict)
    is_report = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)

    outside_the_book: ClassVar[str] = "A machine proposes; the act that imports says which reading it took, by digest."

    def __str__(self) -> str:
        return f"reading of {self.source}"


class Claim(models.Model):
    """A fact as a machine proposes it, or as a person added it, and what the reviewer made of it so far.

    `value` is as it was read and never changes; `corrected` stands beside it. Percentages of confidence, no floats.
    """

    class Mark(models.TextChoices):
        """What the reviewer made of it."""

        OPEN = "", "not looked at"
        ACCEPTED = "accepted", "accepted"
        CORRECTED = "corrected", "corrected"
        REJECTED = "rejected", "rejected"
        ADDED = "added", "added by a person"
        NOT_STATED = "not stated", "not stated"

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="claims")
    ordinal = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    corrected = models.JSONField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=200, blank=True)
    original = models.TextField(blank=True)
    mark = models.CharField(max_length=12, choices=Mark.choices, blank=True, default=Mark.OPEN)
    marked_by = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    marked = models.DateTimeField(null=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    outside_the_book: ClassVar[str] = "A review under way is a draft; importing is the act."

    class Meta:
        ordering = ("reading", "ordinal")
        constraints = (models.UniqueConstraint(fields=("reading", "ordinal"), name="claim_ordinal_once"),)

    def __str__(self) -> str:
        return f"{self.field} of {self.reading}"

    @property
    def standing(self) -> Any:
        """The value as it stands: corrected, or as it was read."""
        return self.corrected if self.mark == Claim.Mark.CORRECTED else self.value


class ArchivedMeeting(models.Model):
    """A meeting of the past, joined from the reports of it. What it is called follows its widest reports.

    `year` sorts those whose day no page tells.
    """

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="meetings")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, blank=True)
    enlarged = models.BooleanField(default=False)
    term_ordinal = models.PositiveIntegerField(null=True)
    meeting_ordinal = models.PositiveIntegerField(null=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    told_day = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES)

    class Meta:
        ordering = ("archive", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("archive", "ordinal"), name="archived_meeting_ordinal_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="archived_meeting_ends_after_start"),
        )

    def __str__(self) -> str:
        from hemicycle.archive.words import meeting_name

        return meeting_name(self)


class ArchivedReport(models.Model):
    """That a source reports a meeting: what one import took from it. `floor` is the confidence of a bulk import.

    `turn` counts the imports of a source: there is a second one only where the first was withdrawn.
    """

    meeting = models.ForeignKey(ArchivedMeeting, on_delete=models.PROTECT, related_name="reports")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imports")
    turn = models.PositiveSmallIntegerField(default=1)
    ordinal = models.PositiveIntegerField()
    reading_digest = models.CharField(max_length=64)
    floor = models.PositiveSmallIntegerField(null=True)
    imported = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("meeting", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "ordinal"), name="archived_report_ordinal_once"),
            models.UniqueConstraint(fields=("source", "turn"), name="archived_report_turn_once"),
        )

    def __str__(self) -> str:
        return f"{self.source}, on {self.meeting}"


class Withdrawal(models.Model):
    """That an import was taken back, and why. Its facts stay written and are shown nowhere; the source stays."""

    report = models.OneToOneField(ArchivedReport, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn = models.DateTimeField()

    append_only: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"withdrawal of {self.report}"


class InReport(models.Model):
    """What stands in a report, in the order in which it was taken from there."""

    report = models.ForeignKey(ArchivedReport, on_delete=models.PROTECT, related_name="%(class)ss")
    ordinal = models.PositiveIntegerField()

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True
        ordering = ("report", "ordinal")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("report", "ordinal"), name="%(class)s_ordinal_once"),
        )


class Fact(InReport):
    """A fact of an archived meeting with its passage in the source: stated, not stated (a person looked), not found.

    `read` is what the machine had read, where a person corrected it; `person` is whom a reviewer knew in it.
    """

    class State(models.TextChoices):
        """Whether the page says it."""

        STATED = "stated", "stated"
        NOT_STATED = "not stated", "not stated"
        NOT_FOUND = "not found", "not found"

    field = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices)
    value = models.JSONField(null=True)
    read = models.JSONField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=12, blank=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="archived_facts")

    class Meta(InReport.Meta):
        constraints = (
            *InReport.Meta.constraints,
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="fact_passage_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.field} of {self.report}"


class Passage(InReport):
    """A paragraph of an imported source, or a piece of its furniture, as search finds it; one for all its repetitions.

    `text` is as the page has it, `repaired` as it is searched; `sort` says what it is (task, criticism, teaser, …).
    """

    sort = models.CharField(max_length=16)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    places = models.JSONField(default=list)
    text = models.TextField()
    repaired = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]
