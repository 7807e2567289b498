"""Since when a vote waits for those who are not connected."""

from typing import ClassVar

from django.db import models


class OpeningAsked(models.Model):
    """When the desk first asked to open a vote on a motion that waits for who is not connected; not for whom."""

    motion = models.OneToOneField("motions.Motion", on_delete=models.PROTECT, related_name="+")
    asked = models.DateTimeField()

    outside_the_book: ClassVar[str] = "Asking is no act; the vote is, once it opens."

    def __str__(self) -> str:
        return f"vote on {self.motion}, asked for"
