"""The acts on the organisation: units, bodies, rules of procedure, terms, posts and who holds them."""

from hemicycle.bodies.acts.founding import NewUnit, end_unit, found_body, found_unit, found_units, move_unit
from hemicycle.bodies.acts.posts import Holding, change_post, create_post, end_posts, give_posts
from hemicycle.bodies.acts.procedure import adopt_rules, fault_in_words
from hemicycle.bodies.acts.roster import Entered, import_people
from hemicycle.bodies.acts.terms import begin_term, end_term

__all__ = [
    "Entered",
    "Holding",
    "NewUnit",
    "adopt_rules",
    "begin_term",
    "change_post",
    "create_post",
    "end_posts",
    "end_term",
    "end_unit",
    "fault_in_words",
    "found_body",
    "found_unit",
    "found_units",
    "give_posts",
    "import_people",
    "move_unit",
]
