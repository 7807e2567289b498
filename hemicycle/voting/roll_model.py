"""Where the calling of a roll stands, so that every desk, the hall's screen and the phones know the same."""

from typing import ClassVar

from django.db import models


class RollCall(models.Model):
    """How far a roll was called: after which number, and whether for the first time or once more.

    `number` is called out of its order. Who answered is not called, and needs nothing to be written here.
    """

    ballot = models.OneToOneField("voting.Ballot", on_delete=models.PROTECT, related_name="roll")
    turn = models.PositiveSmallIntegerField(default=1)
    after = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)

    outside_the_book: ClassVar[str] = "Whose name is read out is no act; what each answered lies in the box."

    def __str__(self) -> str:
        return f"roll call of {self.ballot}"
