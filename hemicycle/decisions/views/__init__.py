"""The pages of decisions: the register, a decision, its directives, a unit's work and one's own."""

from hemicycle.decisions.views.register import of_ballot, of_body, of_meeting
from hemicycle.decisions.views.work import of_unit

__all__ = ["of_ballot", "of_body", "of_meeting", "of_unit"]
