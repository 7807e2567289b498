"""Meetings: how they are called, what they deal with, who takes part, who presides, what is put before them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.meetings.models.badges import Badge
from hemicycle.meetings.models.casting import HeldMandate, Proxy
from hemicycle.meetings.models.convening import LateRuling, MeetingMove, Receipt, Referral
from hemicycle.meetings.models.floor import (
    ClosedPart,
    Conclusion,
    Interest,
    Organ,
    OrganMember,
    OrganReport,
    Presiding,
    QuorumCall,
    Report,
    Speech,
    Suspension,
)
from hemicycle.meetings.models.following import Following
from hemicycle.meetings.models.mandates import Mandate
from hemicycle.meetings.models.papers import Document, DocumentVersion, MailPosition, MailSent
from hemicycle.meetings.models.speaking import FloorRequest, Held, Turn, TurnKind
from hemicycle.meetings.models.struck import Struck

__all__ = [
    "AgendaItem",
    "Badge",
    "ClosedPart",
    "Conclusion",
    "Document",
    "DocumentVersion",
    "FloorRequest",
    "Following",
    "Held",
    "HeldMandate",
    "Interest",
    "LateRuling",
    "MailPosition",
    "MailSent",
    "Mandate",
    "Meeting",
    "MeetingKind",
    "MeetingMove",
    "Mode",
    "Organ",
    "OrganMember",
    "OrganReport",
    "Participation",
    "ParticipationCapacity",
    "Presence",
    "Presiding",
    "Proxy",
    "QuorumCall",
    "Receipt",
    "Referral",
    "Report",
    "Sitting",
    "Speech",
    "Struck",
    "Summons",
    "Suspension",
    "Turn",
    "TurnKind",
]


class MeetingKind(models.TextChoices):
    """What kind of meeting a body holds."""

    PLENARY = "plenary", "plenary"
    ORDINARY = "ordinary", "ordinary"
    EXTRAORDINARY = "extraordinary", "extraordinary"
    CIRCULATION = "circulation", "circulation"


# Rehearsals are numbered by themselves, so that none takes the number of a meeting.
REHEARSALS_FROM = 200_000


class Meeting(models.Model):
    """A meeting of a body, numbered without gaps within its term. A moved or cancelled one keeps its number.

    `agenda_version` rises with every change of the agenda, so that a form that was made from an older one is known.
    In a rehearsal everything goes as in a meeting, and nothing is decided: it is for those who take part and the body
    alone, so that no list, feed, index or export for others knows of it, and no result in it is ever certified.
    """

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="meetings")
    term = models.ForeignKey("bodies.Term", on_delete=models.PROTECT, related_name="meetings")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    enlarged = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="next")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    convened = models.DateTimeField()
    summoned = models.DateTimeField(null=True)
    agenda_adopted = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    cancelled = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    # The meeting that is held in place of a cancelled one.
    held_instead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="in_place_of")
    agenda_version = models.PositiveIntegerField(default=0)
    rehearsal = models.BooleanField(default=False)

    class Meta:
        ordering = ("term", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("term", "ordinal"), name="meeting_number_once_per_term"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(rehearsal=False) | ~Q(access__in=[Access.PUBLIC.value, Access.ORGANISATION.value]),
                name="a_rehearsal_is_for_those_who_rehearse",
            ),
        )

    def __str__(self) -> str:
        if self.rehearsal:
            return _("Rehearsal: %(name)s") % {"name": self.title or f"{self.body}, {self.number}"}
        return self.title or f"{self.body}, meeting {self.ordinal}"

    @property
    def number(self) -> int:
        """The number by which people call it; rehearsals have their own."""
        return self.ordinal - REHEARSALS_FROM if self.rehearsal else self.ordinal

    @property
    def told_in_every_entry(self) -> dict[str, object]:
        """The facts that every entry about it has beside its own: what is done in a rehearsal says so."""
        return {"rehearsal": True} if self.rehearsal else {}


class Summons(models.Model):
    """A notice of a meeting as it was sent. A change is a further summons with the next sequence."""

    class What(models.TextChoices):
        """What a notice says: that there is a meeting, what changed about it, or that it is not held."""

        NOTICE = "notice", "notice"
        CHANGE = "change", "change"
        CANCELLATION = "cancellation", "cancellation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="summonses")
    sequence = models.PositiveIntegerField()
    what = models.CharField(max_length=16, choices=What.choices, default=What.NOTICE)
    sent = models.DateTimeField()
    text = models.TextField()
    language = models.CharField(max_length=12)
    notice_days = models.PositiveIntegerField()
    notice_waived_because = models.CharField(max_length=500, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        verbose_name_plural = "summonses"
        constraints = (models.UniqueConstraint(fields=("meeting", "sequence"), name="summons_sequence_once"),)

    def __str__(self) -> str:
        return f"summons {self.sequence} of {self.meeting}"


class PlannedSittings(models.Manager["Sitting"]):
    """Finds sittings that are planned, open or closed; those taken out of the plan are found by `every` alone."""

    def get_queryset(self) -> "models.QuerySet[Sitting]":
        return super().get_queryset().filter(dropped=None)


class Sitting(models.Model):
    """One day or part of a meeting: planned and actual times. It is open between `opened` and `closed`.

    A sitting that was taken out of the plan keeps its row, since calendars know it: `dropped` says when, and why.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sittings")
    ordinal = models.PositiveIntegerField()
    planned_start = models.DateTimeField()
    planned_end = models.DateTimeField()
    opened = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    current_item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, null=True, related_name="+")
    # Set and cleared by voting's acts, so that the chair cannot close a sitting over an open ballot.
    voting_since = models.DateTimeField(null=True)
    dropped = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=500, blank=True)
    # What lasts now; the rows themselves tell of all that ever did.
    suspension = models.ForeignKey(Suspension, on_delete=models.PROTECT, null=True, related_name="+")
    closed_part = models.ForeignKey(ClosedPart, on_delete=models.PROTECT, null=True, related_name="+")
    speaking = models.ForeignKey(Turn, on_delete=models.PROTECT, null=True, related_name="+")
    # Since when a count has found too few, and from when on the quorum of a second call applies.
    quorum_lost = models.DateTimeField(null=True)
    called_again = models.DateTimeField(null=True)
    adjourned_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="adjourned_from")

    objects = PlannedSittings()
    every: ClassVar[models.Manager["Sitting"]] = models.Manager()

    class Meta:
        ordering = ("meeting", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "ordinal"), condition=Q(dropped=None), name="sitting_ordinal_once"
            ),
            models.CheckConstraint(
                condition=Q(dropped__isnull=True) | Q(opened__isnull=True), name="no_sitting_held_is_dropped"
            ),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(opened__isnull=False, closed=None), name="one_open_sitting"
            ),
            models.CheckConstraint(condition=Q(planned_end__gt=F("planned_start")), name="sitting_planned_to_end"),
            models.CheckConstraint(condition=Q(closed__gt=F("opened")), name="sitting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(opened__isnull=False), name="sitting_opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(voting_since__isnull=True) | Q(opened__isnull=False, closed__isnull=True),
                name="votes_only_in_an_open_sitting",
            ),
        )

    def __str__(self) -> str:
        return f"sitting {self.ordinal} of {self.meeting}"


class ItemsOnTheAgenda(models.Manager["AgendaItem"]):
    """Finds items that stand on an agenda; those taken off it are found by `every` alone."""

    def get_queryset(self) -> "models.QuerySet[AgendaItem]":
        return super().get_queryset().exclude(state="withdrawn")


class AgendaItem(models.Model):
    """What a meeting deals with. The agenda is frozen at adoption; a carry-over is a new item linked to the old.

    `ordinal` is the place on the agenda as a whole, sub-items after their parent; `number` is how the item is called
    (1, 1.1, 1.2, 2), told anew with every change of the agenda. Items for fewer people than their parent or meeting
    are numbered apart (B1, 1.B1), so that the numbers have no gaps for whoever may not see them.
    """

    class State(models.TextChoices):
        """Where an item stands."""

        PENDING = "pending", "to come"
        CURRENT = "current", "being dealt with"
        SETTLED = "settled", "dealt with"
        CARRIED = "carried", "carried over"
        WITHDRAWN = "withdrawn", "taken off the agenda"
        REFERRED = "referred", "referred back"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    ordinal = models.PositiveIntegerField()
    number = models.CharField(max_length=60, default="")
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=12, default="en")
    referred_by = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    # Who may know of the state: those who may know of the sitting that brought it about. To others it is to come.
    state_access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    carried_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="carried_to")
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    list_closed = models.DateTimeField(null=True)
    debate_closed = models.DateTimeField(null=True)
    # The desk's own limits for this item; 0 is none at all, and without a number those of the rules hold.
    speech_seconds = models.PositiveIntegerField(null=True)
    item_minutes = models.PositiveIntegerField(null=True)

    objects = ItemsOnTheAgenda()
    every: ClassVar[models.Manager["AgendaItem"]] = models.Manager()

    class Meta:
        ordering = ("meeting", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "ordinal"), condition=~Q(state="withdrawn"), name="item_ordinal_once"
            ),
            models.UniqueConstraint(fields=("meeting",), condition=Q(state="current"), name="one_current_item"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """How the item is called: its number, or its place where it was entered before items had numbers."""
        return self.number or str(self.ordinal)


class ParticipationCapacity(models.TextChoices):
    """In what capacity somebody takes part in a sitting. Enlarging a meeting adds people, never votes."""

    MEMBER = "member", "member"
    ALTERNATE = "alternate", "alternate member"
    SEATED = "alternate seated", "alternate seated"
    INVITED = "invited", "invited"
    OBSERVER = "observer", "observer"
    STAFF = "staff", "staff"


class Mode(models.TextChoices):
    """How somebody takes part: in the room, or from elsewhere."""

    IN_PERSON = "in person", "in person"
    REMOTE = "remote", "remote"


class Participation(models.Model):
    """A person, or a delegation named as a whole, accredited to a sitting in a capacity.

    `votes` says whether the accreditation gives a vote; observers never have one. A delegation has a name and,
    where it was stated, a number, and no vote of its own.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="participations")
    delegation = models.CharField(max_length=300, blank=True)
    number = models.PositiveIntegerField(null=True)
    capacity = models.CharField(max_length=20, choices=ParticipationCapacity.choices)
    # How they are expected to take part; each presence says how they did.
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.IN_PERSON)
    votes = models.BooleanField()
    # How many votes they cast, where the rules let votes weigh.
    weight = models.PositiveIntegerField(default=1)
    group = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.PositiveIntegerField(null=True)
    stands_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="stood_for_by")
    # The unit's mandate that they use; whoever sits for them uses it then.
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="uses")

    class Meta:
        ordering = ("sitting", "seat", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sitting", "person"), name="person_accredited_once"),
            models.UniqueConstraint(fields=("sitting", "mandate"), name="mandate_used_once_a_sitting"),
            models.UniqueConstraint(fields=("stands_for",), name="one_alternate_for_a_member"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, delegation="") | Q(person__isnull=True) & ~Q(delegation=""),
                name="person_or_delegation",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_vote_weighs_something"),
            models.CheckConstraint(
                condition=Q(votes=False) | Q(person__isnull=False) & Q(capacity__in=["member", "alternate seated"]),
                name="only_members_and_seated_alternates_vote",
            ),
        )

    def __str__(self) -> str:
        return self.delegation or str(self.person)


class Presence(models.Model):
    """A spell of being there: in and out, in the room or remote. A delegation's presence is stated as a whole."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="presences")
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.IN_PERSON)
    came = models.DateTimeField()
    went = models.DateTimeField(null=True)

    class Meta:
        ordering = ("participation", "came")
        constraints = (
            models.UniqueConstraint(fields=("participation",), condition=Q(went=None), name="present_once_at_a_time"),
            models.CheckConstraint(condition=Q(went__gte=F("came")), name="goes_after_coming"),
        )

    def __str__(self) -> str:
        return f"{self.participation}, {self.mode}"
