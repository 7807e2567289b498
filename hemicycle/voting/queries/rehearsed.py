"""What was gone through in a rehearsal: there a vote ends with its declaration, and settles nothing."""

from django.db.models import Exists, OuterRef, QuerySet

from hemicycle.motions.models import Amendment, Motion
from hemicycle.voting.models import Ballot, Result


def declared_votes() -> QuerySet[Ballot]:
    """Return the votes in rehearsals whose result was declared."""
    declared = Result.objects.filter(ballot=OuterRef("pk"), declared__isnull=False)
    return Ballot.objects.filter(Exists(declared), sitting__meeting__rehearsal=True, practice=False, voided=None)


def to_settle(motion: Motion) -> QuerySet[Amendment]:
    """Return the amendments to a motion that come before it, in order; in a rehearsal none that was voted on."""
    still = motion.amendments.filter(state__in=[Amendment.State.TABLED, Amendment.State.VOTING])
    return still.exclude(Exists(declared_votes().filter(amendment=OuterRef("pk")))).order_by("ordinal")


def rehearsed() -> Exists:
    """Return the condition that a motion itself was voted on in a rehearsal."""
    return Exists(declared_votes().filter(motion=OuterRef("pk"), amendment=None))
