"""The screens of a hall: each with its address, and what the desk has it show."""

from typing import ClassVar

from django.db import models


class Shows(models.TextChoices):
    """What a screen shows: what goes on in the sitting by itself, or one thing that the desk chose."""

    FOLLOWS = "follows", "what goes on, by itself"
    AGENDA = "agenda", "the agenda"
    ITEM = "item", "the item and its text"
    SPEAKER = "speaker", "who speaks, and who is next"
    QUESTION = "question", "the question that is voted on"
    RESULT = "result", "the last result"
    SEATS = "seats", "the last result by seat"
    GROUPS = "groups", "the last result by group"
    UNITS = "units", "the last result by unit"
    MESSAGE = "message", "a message"
    COUNTDOWN = "countdown", "a countdown"
    WELCOME = "welcome", "a welcome"
    BREAK = "break", "a break"


class HallScreen(models.Model):
    """A screen of a meeting's hall, by number. `text` and `until` belong to what it shows, where that asks for them."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="screens")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    shows = models.CharField(max_length=16, choices=Shows.choices, default=Shows.FOLLOWS)
    text = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True)

    outside_the_book: ClassVar[str] = "What a screen is turned to is no act; what it shows stands in the book already."

    class Meta:
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="screen_number_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def until_ms(self) -> str:
        """The end of a countdown in milliseconds since 1970, as browsers count."""
        return str(int(self.until.timestamp() * 1000)) if self.until else ""
