"""The pages of plans: reading them, planning, and reporting figures."""

from hemicycle.plans.views.reading import of_body, of_decision, of_unit

__all__ = ["of_body", "of_decision", "of_unit"]
