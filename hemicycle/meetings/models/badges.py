"""Badges: a code that one person carries to one meeting, found at the door and signing in to this meeting alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Badge(models.Model):
    """A person's badge for a meeting. One made anew ends the one before; a badge that was struck opens nothing."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="badges")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()
    struck = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=500, blank=True)
    # How often it signed somebody in, and since when that is counted: it is carried by one person.
    sign_ins = models.PositiveSmallIntegerField(default=0)
    sign_ins_since = models.DateTimeField(null=True)

    # Signing in is no act of a body.
    uncovered: ClassVar[frozenset[str]] = frozenset({"sign_ins", "sign_ins_since"})

    class Meta:
        ordering = ("meeting", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "person"), condition=Q(struck=None), name="one_badge_a_person_and_meeting"
            ),
            models.CheckConstraint(condition=Q(struck=None) | ~Q(struck_because=""), name="badge_struck_for_a_reason"),
        )

    def __str__(self) -> str:
        return f"badge of {self.person} for {self.meeting}"
