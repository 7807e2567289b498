"""Who was elected to a post by a decision, and waits to be given it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Membership, Post
from hemicycle.decisions.models import Decision
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.motions.models import Election


@dataclass(frozen=True)
class Elected:
    """The post of an election, those elected who do not hold it by this decision yet, and names nobody is known by."""

    election: Election
    post: Post
    waiting: Sequence[Person]
    unknown: Sequence[str]
    entry: Entry | None


def elected_by(decision: Decision) -> Elected | None:
    """Return who waits to be given a post by a decision; None where it elected nobody to a post of the body."""
    found = decision.result.election
    if not found:
        return None
    election = Election.objects.select_related("post").filter(motion=decision.motion_id, post__isnull=False).first()
    if election is None or election.post is None:
        return None
    entry = Entry.objects.filter(kind=Kind.DECISION_CERTIFIED, concerns__name=subject(decision)).first()
    numbers = {one["number"] for one in found["elected"]}
    chosen = decision.result.ballot.options.select_related("candidate__person").filter(number__in=numbers)
    options = list(chosen.order_by("number"))
    given = set(Membership.objects.filter(post=election.post, decided_by=entry).values_list("person", flat=True))
    people = [one.candidate.person if one.candidate else None for one in options]
    return Elected(
        election=election,
        post=election.post,
        waiting=[person for person in people if person and person.pk not in given],
        unknown=[one.name for one, person in zip(options, people, strict=True) if person is None],
        entry=entry,
    )
