"""What a directive aims at in figures is set when it is issued or broken down, by a rule that is stated then."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from hemicycle.decisions.models import Aim, Directive
from hemicycle.decisions.rollup import keeping
from hemicycle.decisions.rollup.asking import NewAim
from hemicycle.decisions.rollup.figures import is_percentage, plain
from hemicycle.decisions.rollup.rules import GREATEST, NOT_COUNTED, WHOLE_WEIGHT, Every, Rule, weights_fault
from hemicycle.journal.act import Act, Refused


def refuse_unfit_aim(aim: NewAim) -> None:
    """Refuse an aim that says too little to be reported on, or that cannot be."""
    if aim.rule not in set(Rule) or (aim.every and aim.every not in set(Every)) or not 0 <= aim.places <= 4:
        raise unfit("no_rule", _("Say by which rule the figures are added up."), "rule")
    if aim.rule in {Rule.SUM, Rule.RATIO} and not aim.measure.strip():
        raise unfit("no_measure", _("Say what the figure counts: houses, tonnes, members."), "measure")
    if aim.rule == Rule.SUM and is_percentage(aim.measure):
        said = _("A percentage is not added up. Choose a share, and give what is counted and out of how many.")
        raise unfit("percentage_without_denominator", said, "measure")
    if any(figure is not None and not 0 < figure <= GREATEST for figure in (aim.target, aim.target_of)):
        raise unfit("target_is_nothing", _("A target is more than nothing. Leave it empty where there is none."))
    if aim.rule == Rule.RATIO and (aim.target is None) != (aim.target_of is None):
        said = _("A share is reached out of something. Give both: so many, out of how many.")
        raise unfit("percentage_without_denominator", said, "target_of" if aim.target_of is None else "target")
    if aim.target is not None and aim.target_of is not None and aim.target > aim.target_of:
        raise unfit("more_than_all", _("A part is not more than what it is a part of. Give a smaller target."))
    if aim.rule != Rule.RATIO and aim.target_of is not None:
        raise unfit("no_ratio", _("Only a share is out of something. Choose a share, or leave it empty."), "target_of")
    if aim.rule == Rule.MILESTONE and (not aim.milestone.strip() or not aim.target or aim.places):
        raise unfit("no_milestone", _("Say what is reached with it, and in how many steps."), "milestone")
    if aim.rule == Rule.WEIGHTED and aim.target is not None:
        said = _("What is weighted has no target of its own: its parts have. Leave it empty.")
        raise unfit("weighted_target", said)


def unfit(code: str, sentence: str, field: str = "target") -> Refused:
    """Return the refusal of an aim."""
    return Refused(code, sentence, status=422, field=field)


def create_aims(entry: Act, aims: Sequence[Aim]) -> None:
    """Write what directives aim at, and begin their figures."""
    entry.create_many(Aim, aims)
    keeping.begin(aims)


def aims_of_parts(whole: Directive, given: Sequence[NewAim | None]) -> list[NewAim | None]:
    """Return what each part of a directive aims at. Where the whole has a figure, they follow its rule.

    Raises:
        Refused: a part says too little to be reported on, or the weights do not come to the whole.
    """
    over = Aim.objects.filter(directive=whole).first()
    parts = [following(over, one) for one in given] if over else list(given)
    if over and over.rule == Rule.WEIGHTED:
        refuse_weights(whole, [one.weight if one else None for one in given])
    for part in parts:
        if part is None:
            continue
        refuse_unfit_aim(part)
        if over and over.rule == Rule.WEIGHTED and part.rule != Rule.WEIGHTED and part.target is None:
            raise unfit("part_without_target", _("A part that is weighted needs a target, to see how far it is."))
    return parts


def following(over: Aim, part: NewAim | None) -> NewAim | None:
    """Return what a part of a whole with a figure aims at: of a weighted one by its own rule, else the whole's."""
    if over.rule == Rule.WEIGHTED:
        return replace(part, every=over.every, grace=over.grace) if part else None
    target = part.target if part else None
    return NewAim(
        over.rule,
        over.measure,
        over.places,
        target if over.rule != Rule.MILESTONE else target or over.target,
        part.target_of if part else None,
        over.milestone,
        None,
        over.every,
        over.grace,
    )


def refuse_weights(whole: Directive, new: Sequence[int | None]) -> None:
    """Refuse weights that do not come to the whole, together with those of the parts that stand already."""
    if not all(weight and 0 < weight <= WHOLE_WEIGHT for weight in new):
        raise Refused(
            "weights_do_not_sum",
            _("Every part has a weight of more than 0 % and at most 100 %. Give each of the units chosen its own."),
            status=422,
            field="weights",
        )
    standing = Aim.objects.filter(directive__parent=whole, weight__isnull=False)
    before = list(standing.exclude(directive__state__in=NOT_COUNTED).values_list("weight", flat=True))
    together = weights_fault([weight for weight in before if weight], [weight for weight in new if weight])
    if together is not None:
        raise Refused(
            "weights_do_not_sum",
            _("The weights come to %(sum)s %%, not to 100 %%. Change them until they do.")
            % {"sum": plain(together, 2)},
            status=422,
            field="weights",
        )


def aim_facts(aim: NewAim | Aim) -> dict[str, object]:
    """Return what an entry says of an aim."""
    return {
        "rule": str(aim.rule),
        "measure": aim.measure,
        "places": aim.places,
        "target": aim.target,
        "target_of": aim.target_of,
        "milestone": aim.milestone,
        "weight": aim.weight,
        "every": str(aim.every),
        "grace": aim.grace,
    }
