"""Decisions and tasks from before this house kept them, brought in by table: as they are told, and from where."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hemicycle.accounts.access import ACCESS_CHOICES, Access


class OldSheet(models.Model):
    """A table of old decisions that was brought in: which file, and where what stands in it was kept before."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="old_sheets")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=200)
    origin = models.CharField(max_length=300)
    entered = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("body", "number")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="old_sheet_number_once"),
            models.CheckConstraint(condition=~Q(origin=""), name="old_sheet_says_from_where"),
        )

    def __str__(self) -> str:
        return f"{self.file}, from {self.origin}"


class OldDecision(models.Model):
    """A decision from before, as the old register tells it. `key` is what that register knows it by."""

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="old_decisions")
    sheet = models.ForeignKey(OldSheet, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    adopted = models.DateField(null=True)
    language = models.CharField(max_length=12)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.BODY)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("body", "pk")
        constraints = (models.UniqueConstraint(fields=("body", "key"), name="old_decision_key_once"),)

    def __str__(self) -> str:
        return self.title


class OldTask(models.Model):
    """A task from before, as the old register tells it: for which unit, until when, and what became of it."""

    class State(models.TextChoices):
        """What the old register says became of it."""

        OPEN = "open", "open"
        DONE = "done", "done"
        NOT_DONE = "not done", "not done"

    decision = models.ForeignKey(OldDecision, on_delete=models.PROTECT, related_name="tasks")
    sheet = models.ForeignKey(OldSheet, on_delete=models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=60)
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, null=True, related_name="old_tasks")
    text = models.TextField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    ended = models.DateField(null=True)
    sector = models.CharField(max_length=100, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("decision", "pk")
        constraints = (
            models.UniqueConstraint(fields=("decision", "key"), name="old_task_key_once"),
            models.CheckConstraint(condition=~Q(text=""), name="old_task_says_something"),
            models.CheckConstraint(condition=~Q(state="open") | Q(ended=None), name="old_task_open_or_ended"),
        )

    def __str__(self) -> str:
        return self.text[:80]
