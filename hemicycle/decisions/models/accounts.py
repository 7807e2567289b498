"""The account put to a meeting, what stands in it, and what the meeting finds and does."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.decisions.models.consulting import Consultation
from hemicycle.decisions.models.tasks import Directive, Point
from hemicycle.decisions.rollup.rules import Figure
from hemicycle.decisions.rollup.words import FigureShown, shown_of


class Account(models.Model):
    """The implementation report put to a meeting: every open point, and what ended since the last account, once.

    It is drawn up from the record as it stood at the end of the day `as_of`, and never changes; one that was sent back
    is followed by another. `presenter` puts it to the meeting, `presented_as` is their post in the body that day.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="accounts")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="accounts")
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    drawn_up = models.DateTimeField()
    language = models.CharField(max_length=12)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    presenter = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    presented_as = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="account_number_once"),)

    def __str__(self) -> str:
        return f"account {self.number} to {self.meeting}"


class AccountPaper(models.Model):
    """An account on paper, with the documents of its item: a version of the meeting's document about its decisions."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="paper")
    version = models.OneToOneField("meetings.DocumentVersion", on_delete=models.PROTECT, related_name="+")
    filed = models.DateTimeField()

    append_only: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.account} on paper"


class AccountLine(models.Model):
    """A point of a decision in an account: one of its tasks as it stood, or that nobody has a task from it.

    Or a discussion of it in the units: then `parts` are the units asked, and `parts_told` those that answered.

    `because` is the reason given for its state: why it was sent back, returned, suspended, withdrawn, superseded or
    does not apply. `parts`, `parts_done` and `parts_told` are how many parts of it count, how many of them are closed
    or reported as done, and how many reported anything; `parts_late` is how many are past their day, `parts_delay` what
    some units of parts gave as their reason for it, a line each. `figure` is what its figure came to, `figure_of` what
    that is out of, in steps of the last place of its aim; `asked` were to report it and `told` did. `help_needed` and
    `expected` are what the last report asks for and when it expects to be done, of a task that has not ended.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lines")
    ordinal = models.PositiveIntegerField()
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, null=True, related_name="accounts")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, related_name="accounts")
    unit = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=20)
    days_over = models.PositiveIntegerField(default=0)
    ended = models.BooleanField(default=False)
    reports = models.PositiveIntegerField(default=0)
    evidence = models.PositiveIntegerField(default=0)
    extensions = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    parts_done = models.PositiveIntegerField(default=0)
    parts_told = models.PositiveIntegerField(default=0)
    parts_late = models.PositiveIntegerField(default=0)
    parts_delay = models.TextField(blank=True, default="")
    narrative = models.TextField(blank=True)
    delay_reason = models.TextField(blank=True)
    help_needed = models.TextField(blank=True, default="")
    expected = models.DateField(null=True)
    because = models.TextField(blank=True, default="")
    figure = models.BigIntegerField(null=True)
    figure_of = models.BigIntegerField(null=True)
    asked = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)

    append_only: ClassVar[bool] = True
    # Its place among the lines that a reader is shown: a closed one leaves no gap.
    place = 0

    class Meta:
        ordering = ("account", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("account", "ordinal"), name="account_line_once"),
            models.UniqueConstraint(fields=("account", "directive"), name="account_directive_once"),
            models.UniqueConstraint(fields=("account", "consultation"), name="account_consultation_once"),
            models.CheckConstraint(
                condition=Q(directive=None) | Q(consultation=None), name="account_line_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(parts_done__lte=F("parts"), parts_told__lte=F("parts")), name="account_parts_within"
            ),
            models.CheckConstraint(condition=Q(told__lte=F("asked")), name="account_told_within_asked"),
        )

    def __str__(self) -> str:
        return f"line {self.ordinal} of {self.account}"

    @property
    def figure_shown(self) -> FigureShown | None:
        """What the figure of its task had come to; nothing where none was asked for."""
        if self.figure is None or self.directive is None:
            return None
        return shown_of(self.directive.aim, Figure(self.figure, self.figure_of or 0, self.told, self.asked))


class Finding(models.Model):
    """What the meeting found about a line of its account: fulfilled or not, in its own words."""

    class Outcome(models.TextChoices):
        """What was found."""

        FULFILLED = "fulfilled", "fulfilled"
        NOT_FULFILLED = "not fulfilled", "not fulfilled"

    line = models.ForeignKey(AccountLine, on_delete=models.PROTECT, related_name="findings")
    ordinal = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    text = models.TextField()
    found = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("line", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("line", "ordinal"), name="finding_ordinal_once"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.outcome}"


class Hearing(models.Model):
    """What the meeting did with its account: it noted it, or sent it back."""

    class Outcome(models.TextChoices):
        """What the meeting did."""

        NOTED = "noted", "noted"
        SENT_BACK = "sent back", "sent back"

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="hearing")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    text = models.TextField(blank=True)
    heard = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(outcome="noted") | ~Q(text=""), name="hearing_sent_back_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.outcome}"
