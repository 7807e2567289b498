"""What is made into a PDF in the background: who asked for it, how far it is, and where it is kept."""

import uuid
from typing import ClassVar

from django.db import models


class PrintJob(models.Model):
    """A PDF that somebody asked for. `key` says what is printed and as of which entry, so that it is made once.

    `maker` names the function that makes it, of its arguments.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    key = models.CharField(max_length=64, unique=True)
    maker = models.CharField(max_length=200)
    arguments = models.JSONField()
    title = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    # Nobody where it is for everybody.
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    # Where to go on from its page.
    back = models.CharField(max_length=500, blank=True)
    asked = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    made = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    failed = models.TextField(blank=True)
    file = models.CharField(max_length=300, blank=True)

    outside_the_book: ClassVar[str] = "Printing what stands in the book is no act."

    def __str__(self) -> str:
        return self.title
