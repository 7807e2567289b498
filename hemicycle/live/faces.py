"""The four faces of a sitting, who may have each, and for whom its shared fragment is made."""

from enum import StrEnum

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.voting.words import Kind as Voting


class Face(StrEnum):
    """The faces of a sitting."""

    DESK = "desk"
    FLOOR = "floor"
    # The delegate's page of those who belong to the body: they see on where a sitting goes on among themselves.
    MEMBERS = "members"
    SCREEN = "screen"
    PUBLIC = "public"


# Who may have a face. The public's shows what is public, whoever looks at it.
ASKS_FOR = {
    Face.DESK: Access.DESK,
    Face.FLOOR: Access.PARTICIPANTS,
    Face.MEMBERS: Access.BODY,
    Face.SCREEN: Access.PARTICIPANTS,
    Face.PUBLIC: Access.PUBLIC,
}

# Faces with a personal part, which a page refetches under its own rights when it is hinted at.
PERSONAL = frozenset({Face.DESK, Face.FLOOR, Face.MEMBERS})

# On these a delegate votes: whoever follows one is connected.
VOTES_ON = frozenset({Face.FLOOR, Face.MEMBERS})

# After these, everyone's personal part may be another: the vote, and what a person may do in the sitting. What
# concerns one person (they came, they were given the floor) is hinted at to that person alone.
HINTED_TO_ALL = frozenset(
    {
        str(Voting.BALLOT_OPENED),
        str(Voting.BALLOT_REPEATED),
        str(Voting.BALLOT_CLOSED),
        str(Voting.BALLOT_VOIDED),
        str(Voting.BALLOT_COUNTED),
        str(Voting.CONSENT_NOTED),
        str(Voting.CONSENT_AGENDA_DECIDED),
        str(Voting.OBJECTION_NOTED),
        "sitting.opened",
        "sitting.opening_undone",
        "sitting.closed",
        "sitting.adjourned",
        "sitting.reopened",
        "sitting.suspended",
        "sitting.resumed",
        "sitting.closed_to_public",
        "sitting.opened_to_public",
        "quorum.called",
        "interest.declared",
        "interest.withdrawn",
        "meeting.closed",
        "mandates.accredited",
        "participants.accredited",
        "participants.came",
        "alternate.seated",
        "alternate.unseated",
    }
)

# After these, another roll may be called than before, or none, or others may know of it.
VOTES_BEGIN_OR_END = frozenset(
    {
        str(Voting.BALLOT_OPENED),
        str(Voting.BALLOT_REPEATED),
        str(Voting.BALLOT_CLOSED),
        str(Voting.BALLOT_VOIDED),
        "sitting.closed_to_public",
        "sitting.opened_to_public",
        "item.access_changed",
    }
)

# After these, those who wait for the floor on the item stand elsewhere on its list, or on none: they are hinted at.
MOVE_THE_LIST = frozenset(
    {
        "floor.given",
        "list.closed",
        "list.reopened",
        "debate.closed",
        "debate.reopened",
        "item.taken_up",
        "item.settled",
        "item.referred_back",
        "item.put_back",
    }
)

# After these, somebody may see more or less than before: rights are asked again before anything is sent.
TOUCH_RIGHTS = frozenset(
    {
        "account.opened",
        "account.closed",
        "alternate.seated",
        "alternate.unseated",
        "mandate.taken",
        "mandates.accredited",
        "meeting.closed",
        "participants.accredited",
        "posts.given",
        "posts.ended",
        "seat.handed_over",
        "sitting.closed_to_public",
        "sitting.opened_to_public",
        "item.access_changed",
        "term.begun",
    }
)


def audience(face: Face, meeting: int, book: int) -> Viewer:
    """Return the viewer for whom a face's shared fragment is made: nothing personal, and nothing narrower."""
    match face:
        case Face.DESK:
            return Viewer(organisation=True, bodies=frozenset({book}), desks=frozenset({book}))
        case Face.MEMBERS:
            return Viewer(organisation=True, bodies=frozenset({book}), scopes=frozenset({f"meeting:{meeting}"}))
        case Face.FLOOR | Face.SCREEN:
            return Viewer(scopes=frozenset({f"meeting:{meeting}"}))
        case Face.PUBLIC:
            return PUBLIC
