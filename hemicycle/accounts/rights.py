"""Who may do what: the one table of rights. act() asks it for every act; pages ask it before showing a button.

A right belongs to a capacity. That the thing acted on belongs to the actor's own body is asked by
`within(by, book)` inside each act, under the lock.
"""

from django.utils.translation import gettext as _

from hemicycle.accounts.capacities import DESK, Capacity
from hemicycle.journal.act import Actor, Refused

ADMINISTRATOR = frozenset({Capacity.ADMINISTRATOR})
ANY_MEMBER = frozenset({Capacity.CHAIR, Capacity.SECRETARY, Capacity.MEMBER, Capacity.ALTERNATE})
ARCHIVIST = ADMINISTRATOR | {Capacity.SECRETARY}
UNIT = frozenset({Capacity.UNIT_HEAD})
PRESS = frozenset({Capacity.PRESS, Capacity.SECRETARY})

MAY: dict[str, frozenset[Capacity]] = {
    "installation.founded": ADMINISTRATOR,
    "facts.erased": ADMINISTRATOR,
    "persons.registered": ADMINISTRATOR | {Capacity.SECRETARY},
    "account.opened": ADMINISTRATOR | {Capacity.SECRETARY},
    "accounts.opened": ADMINISTRATOR | {Capacity.SECRETARY},
    "account.closed": ADMINISTRATOR,
    "account.reopened": ADMINISTRATOR,
    "invitations.made": ADMINISTRATOR | {Capacity.SECRETARY},
    "invitation.taken": frozenset({Capacity.HOUSE}),
    "units.founded": ADMINISTRATOR,
    "body.founded": ADMINISTRATOR,
    "rules.adopted": ADMINISTRATOR | {Capacity.SECRETARY},
    "term.begun": ADMINISTRATOR | {Capacity.SECRETARY},
    "post.created": ADMINISTRATOR | {Capacity.SECRETARY},
    "posts.given": ADMINISTRATOR | {Capacity.SECRETARY},
    "posts.ended": ADMINISTRATOR | {Capacity.SECRETARY},
    "post.changed": ADMINISTRATOR | {Capacity.SECRETARY},
    "term.ended": ADMINISTRATOR | {Capacity.SECRETARY},
    "unit.moved": ADMINISTRATOR,
    "unit.ended": ADMINISTRATOR,
    "people.imported": ADMINISTRATOR | {Capacity.SECRETARY},
    "meeting.convened": DESK,
    "meeting.summoned": DESK,
    "meeting.closed": DESK,
    "item.added": DESK,
    "agenda.adopted": DESK,
    "item.taken_up": DESK,
    "item.settled": DESK,
    "batch.entered": DESK,
    "batch.ruled": frozenset({Capacity.CHAIR}),
    "vote.taken_back": DESK | {Capacity.MEMBER},
    "proxy.given": DESK | {Capacity.MEMBER},
    "proxy.revoked": DESK | {Capacity.MEMBER},
    "votes.weighed": DESK,
    "badges.made": DESK,
    "badge.remade": DESK,
    "badge.struck": DESK,
    "participants.accredited": DESK,
    "alternate.seated": DESK,
    "alternate.unseated": DESK,
    "participant.came": DESK | {Capacity.MEMBER, Capacity.ALTERNATE, Capacity.OBSERVER},
    "participants.came": DESK,
    "participant.went": DESK | {Capacity.MEMBER, Capacity.ALTERNATE, Capacity.OBSERVER},
    "mandates.called": DESK,
    "delegates.named": DESK | UNIT,
    "summons.answered": ANY_MEMBER | {Capacity.OBSERVER, Capacity.AUDITOR, Capacity.PRESS, Capacity.HOUSE},
    "mandates.accredited": DESK,
    "mandate.taken": DESK,
    "credentials.reported": DESK,
    "credentials.adopted": DESK,
    "seat.handed_over": DESK,
    "sitting.opened": DESK,
    "sitting.closed": DESK,
    "chair.taken": DESK,
    "report.heard": DESK,
    "document.handed_out": DESK,
    "document.admitted": DESK,
    "document.refused": DESK,
    "item.changed": DESK,
    "item.moved": DESK,
    "item.withdrawn": DESK,
    "item.referred": DESK,
    "referral.accepted": DESK,
    "referral.declined": DESK,
    "sitting.planned": DESK,
    "sitting.moved": DESK,
    "sitting.dropped": DESK,
    "meeting.moved": DESK,
    "meeting.cancelled": DESK,
    "summons.received": DESK | ANY_MEMBER | {Capacity.AUDITOR, Capacity.PRESS, Capacity.OBSERVER},
    "sitting.suspended": DESK,
    "sitting.resumed": DESK,
    "sitting.adjourned": DESK,
    "sitting.reopened": DESK,
    "meeting.reopened": DESK,
    "sitting.closed_to_public": DESK,
    "sitting.opened_to_public": DESK,
    "chair.left": DESK,
    "quorum.called": DESK,
    "interest.declared": DESK | {Capacity.MEMBER, Capacity.ALTERNATE},
    "interest.withdrawn": DESK,
    "organ.formed": DESK,
    "organ.reported": DESK,
    "organ.ended": DESK,
    "speech.given": DESK,
    "conclusion.drawn": DESK,
    "debate.closed": DESK,
    "list.closed": DESK,
    "list.reopened": DESK,
    "floor.given": DESK,
    "speech.ended": DESK,
    "speech.held": DESK,
    "speech.resumed": DESK,
    "speaking.limited": DESK,
    "debate.reopened": DESK,
    "item.reopened": DESK,
    "item.carried_over": DESK,
    "motion.tabled": ANY_MEMBER,
    "motion.revised": DESK,
    "motion.withdrawn": DESK,
    "amendment.tabled": ANY_MEMBER,
    "amendment.accepted": DESK,
    "amendment.withdrawn": DESK,
    "election.called": DESK,
    "candidate.nominated": ANY_MEMBER,
    "nomination.accepted": ANY_MEMBER,
    "nominations.closed": DESK,
    "candidate.withdrawn": ANY_MEMBER,
    "election.uncontested": DESK,
    "ballot.opened": DESK,
    "ballot.closed": DESK,
    "ballot.voided": DESK,
    "result.declared": DESK,
    "result.certified": DESK,
    "result.corrected": DESK,
    "ballot.counted": DESK,
    "consent.noted": DESK,
    "consent_agenda.decided": DESK,
    "objection.noted": DESK,
    "casting_vote.given": DESK,
    "ballot.repeated": DESK,
    "card.struck": DESK,
    "lot.drawn": DESK,
    "circulation.opened": DESK,
    "meeting.demanded": DESK | {Capacity.MEMBER},
    "procedure.moved": ANY_MEMBER,
    "procedure.decided": DESK,
    "procedure.withdrawn": ANY_MEMBER,
    "motion.divided": DESK,
    "item.referred_back": DESK,
    "ruling.reversed": DESK,
    "agenda.reopened": DESK,
    "item.put_back": DESK,
    "sitting.opening_undone": DESK,
    "words.struck": DESK,
    "dissent.minuted": DESK | {Capacity.MEMBER, Capacity.ALTERNATE},
    "decision.certified": DESK,
    "directive.issued": DESK,
    "directive.received": UNIT,
    "progress.reported": UNIT,
    "languages.chosen": ADMINISTRATOR | {Capacity.SECRETARY},
    "text.translated": DESK | PRESS,
    "communique.published": PRESS,
    "minutes.drawn_up": DESK,
    "minutes.revised": DESK,
    "minutes.circulated": DESK,
    "minutes.recalled": DESK,
    "minutes.approved": DESK,
    "minutes.reopened": DESK,
    "correction.proposed": ANY_MEMBER,
    "correction.taken_up": DESK,
    "correction.declined": DESK,
    "archive.opened": ARCHIVIST,
    "sources.added": ARCHIVIST,
    "meeting.imported": ARCHIVIST,
    "meetings.imported": ARCHIVIST,
    "imports.withdrawn": ARCHIVIST,
    "sourcekey.made": ARCHIVIST,
    "sourcekey.revoked": ARCHIVIST,
}

# What somebody does who signed in with a badge, for one meeting alone: what they do for themselves in the hall.
WITH_A_BADGE = frozenset({"participant.came", "participant.went", "proxy.given", "proxy.revoked", "vote.taken_back"})


def may(kind: str, by: Actor) -> bool:
    """Say whether this actor's capacity allows acts of this kind, and the way in which they signed in."""
    return by.capacity in MAY[kind] and (not by.only or kind in WITH_A_BADGE)


def ask(kind: str, by: Actor) -> None:
    """Refuse an act whose kind the actor's capacity does not allow."""
    if by.only and kind not in WITH_A_BADGE:
        raise Refused(
            "badge_too_little",
            _("With a badge you come and go, ask for the floor and vote. For this, sign in with your account."),
            status=403,
        )
    if not may(kind, by):
        raise Refused(
            "no_right",
            _("As %(title)s you may not do this. It is for: %(capacities)s.")
            % {"title": by.title, "capacities": ", ".join(sorted(MAY[kind]))},
            status=403,
        )


def within(by: Actor, book: int) -> None:
    """Refuse an act on a thing that belongs to another body than the one the actor acts for."""
    if by.book != book:
        raise Refused(
            "other_body",
            _("This belongs to another body than %(body)s, for which you act.") % {"body": by.body},
            status=403,
        )
