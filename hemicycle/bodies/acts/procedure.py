"""The act by which a body puts rules of procedure in force."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts.belonging import refuse_foreign
from hemicycle.bodies.models import Body, RulesOfProcedure
from hemicycle.bodies.queries.procedure import columns
from hemicycle.bodies.rules import Preset, faults_in
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor, Refused, act


def adopt_rules(*, by: Actor, body_id: int, preset: Preset, in_force_from: date) -> RulesOfProcedure:
    """Put a version of a body's rules of procedure in force from a day.

    Raises:
        Refused: another version is in force from the same or a later day, or something in them cannot hold.
    """
    with act(Kind.RULES_ADOPTED, by=by) as entry:
        for field, fault in faults_in(preset):
            raise Refused(fault, fault_in_words(fault), status=422, field=field)
        body = entry.lock(Body, body_id)
        refuse_foreign(by, body)
        last = body.rules.order_by("version").last()
        if last and last.in_force_from >= in_force_from:
            raise Refused(
                "rules_in_the_past",
                _("Version %(version)d is in force from %(day)s; a new version begins later.")
                % {"version": last.version, "day": date_format(last.in_force_from)},
                status=422,
                field="in_force_from",
            )
        rules = entry.create(
            RulesOfProcedure(
                body=body,
                version=last.version + 1 if last else 1,
                in_force_from=in_force_from,
                **columns(preset),
            )
        )
        entry.record(
            subjects=[rules, body],
            access=Access.PUBLIC,
            facts={"version": rules.version, "from": in_force_from.isoformat(), "rules": columns(preset)},
        )
    return rules


def fault_in_words(fault: str) -> str:
    """Return what is wrong with a field of rules of procedure, and what to write."""
    return {
        "no_fraction": _("A share is a fraction from 0 to 1: write for example 1 and 2 for a half."),
        "more_than_all": _("Nobody can reach more than all. Ask for at least all, or for less."),
        "below_half": _("A majority is at least a half. With less, a question could carry and fail at once."),
        "nobody_presides": _("Say on what basis somebody presides: by office, authorization, election or seniority."),
        "named_twice": _("Something stands here twice. Each basis, motion and rank stands here once."),
        "nothing_to_share": _("Say how many minutes an item has, so that they can be shared among the groups."),
        "no_time": _("Nobody can speak for no time at all. Leave it empty where there is no limit."),
        "casting_or_lot": _("Either the casting vote or the lot breaks a tie of an election, not both."),
        "half_a_wait": _("Where a vote waits, say for how many seconds; where it does not, leave them at 0."),
        "half_a_second_majority": _("A second majority needs both: of what it is asked, and how large it is."),
        "nothing_weighs": _("A majority of weight needs votes that weigh. Tick that some have more than one vote."),
        "no_mandate": _("One person holds at least one mandate."),
        "one_seat_only": _("This count finds one winner. Choose another for several seats."),
        "most_below_least": _("A group has at most no fewer seats than at least."),
        "nobody_demands": _("Say how many members can demand a meeting: at least one."),
    }[fault]
