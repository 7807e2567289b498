"""Whose phones follow a sitting just now, so that every process knows the same."""

from typing import ClassVar

from django.db import models


class Following(models.Model):
    """The persons whose delegate's page one process keeps connected to an open sitting, as it last said.

    Written over every few seconds, believed for half a minute, and deleted when the sitting is over: nothing tells
    afterwards who was connected when.
    """

    process = models.CharField(max_length=32)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="following")
    persons = models.JSONField(default=list)
    seen = models.DateTimeField()

    outside_the_book: ClassVar[str] = "Whose phone is connected is no act, and is not kept."

    class Meta:
        constraints = (models.UniqueConstraint(fields=("process", "meeting"), name="following_once_a_process"),)

    def __str__(self) -> str:
        return f"followers of {self.meeting}"
