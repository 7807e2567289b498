"""The acts of publishing: communiqués, minutes and their corrections. What is published or approved never changes."""

from hemicycle.publishing.acts.approving import approve_minutes, reopen_minutes
from hemicycle.publishing.acts.communique import publish_communique
from hemicycle.publishing.acts.corrections import decline_correction, propose_correction, take_up_correction
from hemicycle.publishing.acts.minutes import circulate_minutes, draw_up_minutes, recall_minutes, revise_minutes

__all__ = [
    "approve_minutes",
    "circulate_minutes",
    "decline_correction",
    "draw_up_minutes",
    "propose_correction",
    "publish_communique",
    "recall_minutes",
    "reopen_minutes",
    "revise_minutes",
    "take_up_correction",
]
