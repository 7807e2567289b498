"""Acts on motions: they are tabled, revised in versions, amended and withdrawn. Voting settles them."""

from hemicycle.motions.acts.amending import accept_amendment, table_amendment, withdraw_amendment
from hemicycle.motions.acts.electing import accept_nomination, call_election, close_nominations, nominate
from hemicycle.motions.acts.tabling import divide_motion, revise_motion, table_motion, withdraw_motion

__all__ = [
    "accept_amendment",
    "accept_nomination",
    "call_election",
    "close_nominations",
    "divide_motion",
    "nominate",
    "revise_motion",
    "table_amendment",
    "table_motion",
    "withdraw_amendment",
    "withdraw_motion",
]
