"""Reading rules of procedure: which version applies on a day, and what it asks."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hemicycle.bodies.models import Body, RulesOfProcedure
from hemicycle.bodies.rules import (
    Preset,
    ProceduralMotion,
    SecondCall,
    Share,
    Threshold,
    majority_for,
    may_certify_alone,
)
from hemicycle.bodies.rules.elections import as_column, from_column
from hemicycle.journal.act import Refused


def rules_on(body: Body, day: date) -> RulesOfProcedure:
    """Return the rules of procedure that apply to a body on a day: those in force then, or else its first.

    Raises:
        Refused: the body has none yet.
    """
    rules = rules_known_on(body, day)
    if rules is None:
        raise Refused(
            "no_rules", _("%(body)s has no rules of procedure yet. Put some in force first.") % {"body": body.name}
        )
    return rules


def rules_known_on(body: Body, day: date) -> RulesOfProcedure | None:
    """Return the same, or None where the body has no rules yet."""
    in_force = body.rules.filter(in_force_from__lte=day).order_by("-version").first()
    return in_force or body.rules.order_by("version").first()


def rules_versions(body: Body) -> QuerySet[RulesOfProcedure]:
    """Return every version of a body's rules, the newest first."""
    return body.rules.order_by("-version")


def procedure(rules: RulesOfProcedure) -> Preset:
    """Return a version of a body's rules as rules.py reads them."""
    second = None
    if rules.second_call_numerator is not None and rules.second_call_denominator is not None:
        share = Share(rules.second_call_numerator, rules.second_call_denominator, strict=rules.second_call_strict)
        second = SecondCall(share, rules.second_call_after_days)
    return Preset(
        name=rules.preset,
        notice_days=rules.notice_days,
        quorum=Share(rules.quorum_numerator, rules.quorum_denominator, strict=rules.quorum_strict),
        majority=Share(rules.majority_numerator, rules.majority_denominator, strict=rules.majority_strict),
        majority_of=rules.majority_of,
        presiding=tuple(rules.presiding),
        second_call=second,
        majorities={kind: threshold(named) for kind, named in rules.majorities.items()},
        presiding_offices=tuple(rules.presiding_offices),
        authorizers=tuple(rules.authorizers),
        procedural_motions=tuple(procedural_motions(rules)),
        elections=from_column(rules.elections),
        **{name: getattr(rules, name) for name in AS_THEY_STAND},
    )


# The fields that the table and rules.py keep alike.
AS_THEY_STAND = (
    "remote_counts",
    "vote_may_change",
    "secret_by_box",
    "names_of_votes",
    "notice_days_extraordinary",
    "documents_days",
    "quorum_of",
    "quorum_presumed",
    "quorum_wait_minutes",
    "quorum_lost",
    "alternates_vote",
    "alternates_in_order",
    "interested_count",
    "ties",
    "casting_vote",
    "unanimous_allows_abstentions",
    "meetings_access",
    "documents_access",
    "minutes_access",
    "two_persons_from",
    "circulation_allowed",
    "circulation_days",
    "circulation_demand",
    "speak_first",
    "newcomers_first",
    "sides_alternate",
    "observers_speak",
    "speech_seconds",
    "short_seconds",
    "item_minutes",
    "time_budgets",
    "votes_weighted",
    "votes_split",
    "proxies_most",
    "proxy_holders",
    "mandates_most",
    "second_by",
    "second_majority",
    "votes_quorum",
    "counts_twice_from",
    "unconnected",
    "connect_seconds",
    "running_result",
    "changes_below",
    "changes_beside",
)


def columns(rules: Preset) -> dict[str, Any]:
    """Return the columns of a version with these rules: what procedure() reads back."""
    second = rules.second_call
    return {
        "preset": rules.name,
        "notice_days": rules.notice_days,
        "quorum_numerator": rules.quorum.numerator,
        "quorum_denominator": rules.quorum.denominator,
        "quorum_strict": rules.quorum.strict,
        "majority_numerator": rules.majority.numerator,
        "majority_denominator": rules.majority.denominator,
        "majority_strict": rules.majority.strict,
        "majority_of": str(rules.majority_of),
        "presiding": list(rules.presiding),
        "second_call_numerator": second.quorum.numerator if second else None,
        "second_call_denominator": second.quorum.denominator if second else None,
        "second_call_strict": bool(second and second.quorum.strict),
        "second_call_after_days": second.after_days if second else 0,
        "majorities": {kind: written(named) for kind, named in rules.majorities.items()},
        "presiding_offices": list(rules.presiding_offices),
        "authorizers": list(rules.authorizers),
        "procedural_motions": [
            {
                "name": motion.name,
                "effect": str(motion.effect),
                "precedence": motion.precedence,
                "debatable": motion.debatable,
                "majority": str(motion.majority),
            }
            for motion in rules.procedural_motions
        ],
        "elections": as_column(rules.elections),
        **{name: getattr(rules, name) for name in AS_THEY_STAND},
    }


def threshold(named: dict[str, Any]) -> Threshold:
    """Return a majority from the column that keeps those of their own."""
    return Threshold(Share(named["numerator"], named["denominator"], strict=named["strict"]), named["of"])


def written(named: Threshold) -> dict[str, Any]:
    """Return a majority as that column keeps it."""
    share = named.share
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "strict": share.strict,
        "of": str(named.of),
    }


def majority_on(rules: RulesOfProcedure, question: str) -> Threshold:
    """Return the majority that a version of rules asks for a kind of question (`bodies.rules.Question`)."""
    return majority_for(procedure(rules), question)


def procedural_motions(rules: RulesOfProcedure) -> list[ProceduralMotion]:
    """Return the procedural motions of a version of rules, the one that is put first first."""
    found = [ProceduralMotion(**motion) for motion in rules.procedural_motions]
    return sorted(found, key=lambda motion: motion.precedence)


def certifies_alone(rules: RulesOfProcedure, members: int) -> bool:
    """Say whether who declared a result may certify it too, in a body of so many members with a vote."""
    return may_certify_alone(rules.two_persons_from, members)
