"""Ballots: the question, who may vote on it, the box, and the results that were counted from it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.access import ACCESS_CHOICES, Access
from hemicycle.voting import roll_model, waiting_model
from hemicycle.voting.papers import Form

RollCall = roll_model.RollCall
OpeningAsked = waiting_model.OpeningAsked


class Choice(models.TextChoices):
    """What a voter may say to a motion."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstain")


class Method(models.TextChoices):
    """How a question is decided: by name in the box, by hands or papers that tellers count, or by nobody objecting."""

    NAMED = "named vote", _("named vote")
    HANDS = "show of hands", _("show of hands")
    PAPER = "paper ballot", _("secret paper ballot")
    SECRET = "secret vote", _("secret vote in the box")
    ROLL_CALL = "roll call", _("roll call")
    CONSENT = "consent", _("consent")
    ACCLAMATION = "acclamation", _("acclamation")
    CIRCULATION = "circulation", _("circulation")
    UNCONTESTED = "no contest", _("no contest")


BY_NAME = frozenset({Method.NAMED, Method.ROLL_CALL, Method.CIRCULATION})
COUNTED_BY_TELLERS = frozenset({Method.HANDS, Method.PAPER})
IN_THE_BOX = BY_NAME | {Method.SECRET}
# Of a roll call the desk enters what each answers; nobody has a card.
BY_CARD = IN_THE_BOX - {Method.ROLL_CALL}
# Nothing is counted: it carries where nobody objects.
WITHOUT_OBJECTION = frozenset({Method.CONSENT, Method.ACCLAMATION})
IN_SECRET = frozenset({Method.PAPER, Method.SECRET})


class Ballot(models.Model):
    """A question put to the vote. The majority asked for is copied from the rules in force on the meeting's date.

    The box is open between `opened` and `closed` unless the ballot was voided. `salt` keeps the digests of the list
    and of the box from being guessed; who may see the names of the votes may have it, and prove both.
    """

    motion = models.ForeignKey("motions.Motion", on_delete=models.PROTECT, related_name="ballots")
    sitting = models.ForeignKey("meetings.Sitting", on_delete=models.PROTECT, related_name="ballots")
    version = models.ForeignKey("motions.MotionVersion", on_delete=models.PROTECT, related_name="ballots")
    # The amendment that is voted on, with the motion and the version that it would change.
    amendment = models.ForeignKey("motions.Amendment", on_delete=models.PROTECT, null=True, related_name="ballots")
    question = models.CharField(max_length=500)
    method = models.CharField(max_length=20, default="named vote")
    # What a paper says (voting/papers.py), how many options it may name (0: any number), and for how many seats.
    form = models.CharField(max_length=12, choices=[(form.value, form.value) for form in Form], default=Form.MOTION)
    most = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=1)
    # How an election is counted: a method of voting/methods, and what the rules ask of it, as they were at the opening.
    counting = models.CharField(max_length=20, blank=True)
    count_rules = models.JSONField(default=dict)
    tellers = models.JSONField(default=list)
    access = models.CharField(max_length=16, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    practice = models.BooleanField(default=False)
    majority_numerator = models.PositiveIntegerField()
    majority_denominator = models.PositiveIntegerField()
    majority_strict = models.BooleanField()
    majority_of = models.CharField(max_length=16)
    vote_may_change = models.BooleanField()
    quorum_needed = models.PositiveIntegerField()
    quorum_present = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    # Whether votes count as they weigh. Then `members` is what all votes weigh, and the quorum is taken of this whole.
    weighted = models.BooleanField(default=False)
    quorum_whole = models.PositiveIntegerField(null=True)
    # What the rules ask beside the majority: a second one, of the weight or of the units, and a quorum of votes.
    second_by = models.CharField(max_length=16, blank=True)
    second_majority = models.CharField(max_length=40, blank=True)
    second_members = models.PositiveIntegerField(default=0)
    votes_quorum = models.CharField(max_length=40, blank=True)
    salt = models.CharField(max_length=32)
    entitled_digest = models.CharField(max_length=64)
    # The ballot that was void before this one was taken in its place.
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    # What a lot is drawn by; the entry of the opening has its digest, and the seed is published once it is drawn.
    lot_seed = models.CharField(max_length=32, blank=True)
    # Until when a circulation takes votes.
    until = models.DateTimeField(null=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    voided = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)
    # Of the votes by name with the ballot's salt; of a secret vote the Merkle root of its published papers.
    box_digest = models.CharField(max_length=64, blank=True)
    # The public key to which secret votes are sealed while the box is open.
    box_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("sitting", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting",), condition=Q(closed=None, voided=None), name="one_open_ballot_per_sitting"
            ),
            models.CheckConstraint(condition=Q(closed__gte=F("opened")), name="ballot_closes_after_opening"),
            models.CheckConstraint(condition=Q(voided=None) | ~Q(void_reason=""), name="ballot_voided_for_a_reason"),
        )

    def __str__(self) -> str:
        return self.question

    @property
    def whole(self) -> int:
        """The whole that the quorum of presence was taken of: persons, also where votes weigh."""
        return self.members if self.quorum_whole is None else self.quorum_whole

    @property
    def asks_for_objections(self) -> bool:
        """Say whether it carries where nobody objects, so that nothing is counted."""
        return self.method in WITHOUT_OBJECTION

    @property
    def asked_rows(self) -> list[models.Model]:
        """The rows among whose texts the question may stand in other languages: the ballot, and its motion."""
        return [self, self.motion]


class Option(models.Model):
    """What stands on the papers of an election, by its number there: a candidate, or a line as none of the above."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True)
    candidate = models.ForeignKey("motions.Candidate", on_delete=models.PROTECT, null=True, related_name="+")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("ballot", "number")
        constraints = (models.UniqueConstraint(fields=("ballot", "number"), name="option_number_once"),)

    def __str__(self) -> str:
        return self.name


class Entitled(models.Model):
    """A vote on the list that was frozen when the ballot opened: whose, with name and seat as they then were.

    Who has several votes, by mandates or because votes may be split, stands there once for each.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="entitled")
    participation = models.ForeignKey("meetings.Participation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True)
    seat = models.PositiveIntegerField(null=True)
    weight = models.PositiveIntegerField(default=1)
    # Which of this participation's votes it is, and who casts it where that is another.
    mandate = models.PositiveIntegerField(default=1)
    cast_by = models.ForeignKey("meetings.Participation", on_delete=models.PROTECT, null=True, related_name="+")
    cast_by_name = models.CharField(max_length=200, blank=True)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("ballot", "number")
        constraints = (
            models.UniqueConstraint(fields=("ballot", "participation", "mandate"), name="entitled_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_vote_on_the_list_weighs_something"),
            models.UniqueConstraint(fields=("ballot", "number"), name="entitled_number_once"),
        )

    def __str__(self) -> str:
        return self.name


class Vote(models.Model):
    """A vote in the box. Not an act: the closing entry carries the digest of the whole box."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    voter = models.OneToOneField(Entitled, on_delete=models.PROTECT, related_name="vote")
    # The paper (voting/papers.py); empty is a blank one.
    choice = models.TextField(blank=True)
    # The token of the form or request: the same request twice counts once.
    request = models.CharField(max_length=64)
    # The tokens of votes that this one took the place of: one of them that comes late changes nothing.
    earlier = models.TextField(blank=True, default="")
    received = models.DateTimeField()

    outside_the_book: ClassVar[str] = "The closing entry carries the digest of the whole box."

    def __str__(self) -> str:
        return f"vote {self.pk}"


class SealedVote(models.Model):
    """A secret vote while its box is open: the voter's paper and code, sealed to the ballot's key.

    Closing the ballot opens them all, writes the papers, and deletes these rows.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="sealed_votes")
    voter = models.OneToOneField(Entitled, on_delete=models.PROTECT, related_name="sealed_vote")
    sealed = models.BinaryField()
    request = models.CharField(max_length=64)
    earlier = models.TextField(blank=True, default="")

    outside_the_book: ClassVar[str] = "It is sealed, and gone once the box is closed; what was in it is published."

    def __str__(self) -> str:
        return f"sealed vote {self.pk}"


class BoxPaper(models.Model):
    """A paper of a secret vote as it is published: sorted by code, with nothing of who cast it or when."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=32)
    said = models.TextField(blank=True)
    weight = models.PositiveIntegerField(default=1)

    append_only: ClassVar[bool] = True
    outside_the_book: ClassVar[str] = "The closing entry carries the Merkle root of the whole box."

    class Meta:
        ordering = ("ballot", "code")
        constraints = (models.UniqueConstraint(fields=("ballot", "code"), name="paper_code_once"),)

    def __str__(self) -> str:
        return self.code


class StruckCard(models.Model):
    """A voter's card that the desk struck during the ballot, for a new card or a paper in its place."""

    class Instead(models.TextChoices):
        """What the voter got in its place."""

        CARD = "card", _("a new card")
        PAPER = "paper", _("a paper ballot")
        # The vote was another's to cast by proxy; whose it is has come and casts it.
        OWNER = "owner", _("the card of whose vote it is")

    voter = models.ForeignKey(Entitled, on_delete=models.PROTECT, related_name="struck_cards")
    instead = models.CharField(max_length=8, choices=Instead.choices)
    reason = models.CharField(max_length=500, blank=True)
    struck = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("voter", "pk")

    def __str__(self) -> str:
        return f"card of {self.voter}"


class TellerBatch(models.Model):
    """What one person entered for one batch of hands or papers that tellers counted: how many say what.

    Two persons enter a batch, each for themselves, where the rules ask for it; `stands` says that the chair ruled so.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    counts = models.JSONField()
    entered = models.DateTimeField()
    stands = models.DateTimeField(null=True)
    stands_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("ballot", "number", "pk")
        verbose_name_plural = "teller batches"
        constraints = (
            models.UniqueConstraint(fields=("ballot", "number", "entered_by"), name="batch_entered_once_by_a_person"),
            models.UniqueConstraint(
                fields=("ballot", "number"), condition=Q(stands__isnull=False), name="one_entry_of_a_batch_stands"
            ),
            models.CheckConstraint(condition=Q(stands=None) | ~Q(stands_because=""), name="batch_stands_for_a_reason"),
        )

    def __str__(self) -> str:
        return f"batch {self.number} of {self.ballot}, by {self.name}"


class Result(models.Model):
    """What was counted. Each count is a version; it is counted, then declared, then certified, each by an act."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="results")
    version = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    votes_against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    entitled = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    carried = models.BooleanField()
    counted = models.DateTimeField()
    declared = models.DateTimeField(null=True)
    certified = models.DateTimeField(null=True)
    correction_reason = models.CharField(max_length=500, blank=True)
    # The chair's casting vote, where the rules give one and the votes were equal.
    casting = models.CharField(max_length=12, blank=True, choices=Choice.choices)
    # What the lot decided, where the votes were equal and the rules say so.
    lot = models.CharField(max_length=12, blank=True, choices=Choice.choices)
    declared_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    # The second majority: what was counted of the weight or the units, and of how many how many were needed.
    second = models.JSONField(null=True)
    # How many votes were needed for a quorum of votes, where the rules ask for one.
    quorum_of_votes = models.PositiveIntegerField(null=True)
    # The whole count of an election: who is elected, the quota, every stage and tie (voting/electing.py).
    election = models.JSONField(null=True)

    class Meta:
        ordering = ("ballot", "version")
        constraints = (
            models.UniqueConstraint(fields=("ballot", "version"), name="result_version_once"),
            models.UniqueConstraint(
                fields=("ballot",), condition=Q(certified__isnull=False), name="one_certified_result_per_ballot"
            ),
            models.CheckConstraint(
                condition=Q(entitled__gte=F("votes_for") + F("votes_against") + F("abstained")),
                name="no_more_votes_than_entitled",
            ),
            models.CheckConstraint(
                condition=Q(certified__isnull=True) | Q(declared__isnull=False), name="declared_before_certified"
            ),
        )

    def __str__(self) -> str:
        return f"result {self.version} of {self.ballot}"


class PaperBundle(models.Model):
    """Papers of an election that say the same, as tellers counted them for one version of its result."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="bundles")
    paper = models.TextField(blank=True)
    count = models.PositiveIntegerField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("result", "pk")
        constraints = (
            models.UniqueConstraint(fields=("result", "paper"), name="bundle_paper_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="bundle_holds_a_paper"),
        )

    def __str__(self) -> str:
        return f"{self.count} × {self.paper}"


class Dissent(models.Model):
    """A voter's dissent from a result, minuted at their request. It never changes."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="dissents")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000, blank=True)
    entered = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("ballot", "pk")
        constraints = (models.UniqueConstraint(fields=("ballot", "person"), name="dissent_minuted_once"),)

    def __str__(self) -> str:
        return f"dissent of {self.person}"


class MeetingDemand(models.Model):
    """A member's demand that the body meets instead of deciding by circulation. It never changes."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="demands")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=500, blank=True)
    demanded = models.DateTimeField()

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ("ballot", "pk")
        constraints = (models.UniqueConstraint(fields=("ballot", "person"), name="meeting_demanded_once"),)

    def __str__(self) -> str:
        return f"demand of {self.person}"
