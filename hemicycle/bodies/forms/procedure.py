"""What is typed to adopt rules of procedure: every rule as a field, with what is in force to begin with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.forms.elections import ElectionFields, begun_elections, typed_elections
from hemicycle.bodies.forms.fields import ShareField, chosen, day, number, ticked, written
from hemicycle.bodies.forms.speaking import ON_THE_FLOOR, SpeakingForm
from hemicycle.bodies.forms.weighing import ON_WEIGHTS, WeighingForm
from hemicycle.bodies.queries.procedure import AS_THEY_STAND
from hemicycle.bodies.rules import (
    Base,
    Basis,
    Effect,
    Preset,
    ProceduralMotion,
    Question,
    QuorumLost,
    SecondCall,
    Share,
    Threshold,
    Ties,
)
from hemicycle.bodies.rules.weighing import threshold_read, threshold_text
from hemicycle.bodies.words.procedure import (
    AUDIENCES,
    MOTIONS,
    QUESTIONS,
    UNCONNECTED,
    WHOLES,
    motion_name,
    threshold_in_words,
)

USUAL_SHARES = (
    Share(1, 2, strict=True),
    Share(1, 2, strict=False),
    Share(3, 5, strict=False),
    Share(2, 3, strict=False),
    Share(2, 3, strict=True),
    Share(3, 4, strict=False),
    Share(1, 1, strict=False),
)


def strictness(label: Any) -> forms.ChoiceField:
    """Return the choice between at least a share and more than it."""
    choices = [("more", gettext_lazy("more than this")), ("least", gettext_lazy("at least this"))]
    return forms.ChoiceField(label=label, choices=choices)


@dataclass(frozen=True)
class Part:
    """Fields that belong together, under a heading."""

    heading: Any
    fields: list[BoundField]


@dataclass(frozen=True)
class MotionRow:
    """The fields of one procedural motion, as a row of the table."""

    label: str
    used: BoundField
    name: BoundField
    precedence: BoundField
    debatable: BoundField
    majority: BoundField


PARTS = (
    (gettext_lazy("From when"), ("in_force_from",)),
    (gettext_lazy("Notice"), ("notice_days", "notice_days_extraordinary", "documents_days")),
    (
        gettext_lazy("Quorum"),
        (
            "quorum",
            "quorum_strict",
            "quorum_of",
            "remote_counts",
            "quorum_presumed",
            "quorum_wait_minutes",
            "quorum_lost",
            "second_call",
            "second_call_strict",
            "second_call_after_days",
        ),
    ),
    (
        gettext_lazy("Majorities"),
        ("majority", *(f"majority_{question.name.lower()}" for question in Question if question != Question.ORDINARY)),
    ),
    (gettext_lazy("Ties and unanimity"), ("casting_vote", "ties", "unanimous_allows_abstentions")),
    (
        gettext_lazy("The chair"),
        ("first", "second", "third", "fourth", "presiding_offices", "authorizers"),
    ),
    (gettext_lazy("Members and alternates"), ("alternates_vote", "alternates_in_order", "interested_count")),
    (gettext_lazy("The floor"), ON_THE_FLOOR),
    (gettext_lazy("Weights and proxies"), ON_WEIGHTS),
    (
        gettext_lazy("Counting and certifying"),
        (
            "vote_may_change",
            "secret_by_box",
            "running_result",
            "unconnected",
            "connect_seconds",
            "two_persons_from",
            "counts_twice_from",
        ),
    ),
    (
        gettext_lazy("Elections"),
        tuple(name for name in ElectionFields.base_fields if name.startswith("elections_")),
    ),
    (
        gettext_lazy("Decisions of other bodies"),
        ("changes_beside", "changes_below"),
    ),
    (
        gettext_lazy("Decisions between meetings"),
        ("circulation_allowed", "circulation_days", "circulation_demand"),
    ),
    (
        gettext_lazy("What is public"),
        ("meetings_access", "documents_access", "minutes_access", "names_of_votes"),
    ),
)
PLACES = ("first", "second", "third", "fourth")


class RulesForm(SpeakingForm, WeighingForm, ElectionFields):
    """Rules of procedure to put in force from a day."""

    in_force_from = day(gettext_lazy("In force from"))
    notice_days = number(gettext_lazy("Clear days of notice"), most=365)
    notice_days_extraordinary = number(
        gettext_lazy("Clear days of notice of an extraordinary meeting"), most=365, required=False
    )
    documents_days = number(
        gettext_lazy("Days before the meeting by which documents are handed out"),
        most=365,
        hint=gettext_lazy("0: on the day itself is early enough."),
    )
    quorum = ShareField(label=gettext_lazy("Share"), max_length=12)
    quorum_strict = strictness(gettext_lazy("The quorum is"))
    quorum_of = chosen(gettext_lazy("Taken"), [(whole.value, label) for whole, label in WHOLES.items()])
    remote_counts = ticked(gettext_lazy("Who takes part from elsewhere counts"))
    quorum_presumed = ticked(gettext_lazy("It is presumed to be there until challenged"))
    quorum_wait_minutes = number(gettext_lazy("Minutes to wait for it"), most=1440)
    quorum_lost = chosen(
        gettext_lazy("When it is lost"),
        [
            (QuorumLost.NO_VOTES.value, gettext_lazy("nothing is voted on")),
            (QuorumLost.SUSPEND.value, gettext_lazy("the sitting is suspended")),
            (QuorumLost.ADJOURN.value, gettext_lazy("the sitting is adjourned")),
        ],
    )
    second_call = ShareField(
        label=gettext_lazy("Share at a second call"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Empty: the meeting is not called again with another quorum. 0/1: however few."),
    )
    second_call_strict = strictness(gettext_lazy("The quorum at a second call is"))
    second_call_after_days = number(gettext_lazy("Days from the first call to the second"), most=365)
    casting_vote = ticked(gettext_lazy("In a tie the chair has a casting vote"))
    ties = chosen(
        gettext_lazy("Otherwise a tie"),
        [
            (Ties.LOST.value, gettext_lazy("is lost")),
            (Ties.AGAIN.value, gettext_lazy("is voted on once more")),
            (Ties.LOT.value, gettext_lazy("is decided by lot")),
        ],
    )
    unanimous_allows_abstentions = ticked(gettext_lazy("A vote with abstentions can be unanimous"))
    presiding_offices = written(
        gettext_lazy("Offices that preside, in this order"),
        most=500,
        required=False,
        hint=gettext_lazy("Titles of posts with commas between them. Empty: whoever holds the chair."),
    )
    authorizers = written(
        gettext_lazy("Bodies or persons who may authorize"),
        most=500,
        required=False,
        hint=gettext_lazy("Names with commas between them. Empty: anyone, whom the entry names."),
    )
    alternates_vote = ticked(gettext_lazy("An alternate in a seat votes"))
    alternates_in_order = ticked(gettext_lazy("Alternates are called in their order"))
    interested_count = ticked(gettext_lazy("Who leaves an item for an interest still counts"))
    vote_may_change = ticked(gettext_lazy("A vote can be changed until the ballot is closed"))
    secret_by_box = ticked(gettext_lazy("A secret vote can go sealed into the box; else it goes on paper"))
    running_result = ticked(
        gettext_lazy("The hall’s screen shows how a vote by name or a show of hands stands while it is open")
    )
    changes_beside = ticked(
        gettext_lazy("A decision can amend, supersede or repeal a decision of another body of the same unit")
    )
    changes_below = ticked(
        gettext_lazy("A decision can amend, supersede or repeal a decision of a body of a unit below")
    )
    unconnected = chosen(
        gettext_lazy("Where somebody who may vote is not connected"),
        [(one.value, label) for one, label in UNCONNECTED.items()],
    )
    connect_seconds = number(
        gettext_lazy("Seconds to wait for them"), most=600, hint=gettext_lazy("0, unless the vote waits.")
    )
    two_persons_from = number(
        gettext_lazy("Members with a vote from which two persons certify"),
        required=False,
        hint=gettext_lazy("Empty: one person may always declare and certify. A small body stays below this number."),
    )
    circulation_allowed = ticked(gettext_lazy("Questions can be decided in writing between meetings"))
    circulation_days = number(gettext_lazy("Days to answer, at least"), most=365)
    circulation_demand = number(gettext_lazy("Members who can demand a meeting instead"))
    meetings_access = chosen(gettext_lazy("Meetings and their agenda are open to"), list(AUDIENCES.items()))
    documents_access = chosen(gettext_lazy("Documents are open to"), list(AUDIENCES.items()))
    minutes_access = chosen(gettext_lazy("Approved minutes are open to"), list(AUDIENCES.items()))
    names_of_votes = chosen(gettext_lazy("How each member voted is open to"), list(AUDIENCES.items()))

    def __init__(self, *args: Any, rules: Preset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begun = rules
        majorities = majority_choices(rules)
        self.fields["majority"] = chosen(_("For any question"), majorities)
        own = [("", _("like any question")), *majorities]
        for question, label in QUESTIONS.items():
            if question != Question.ORDINARY:
                field = forms.ChoiceField(label=label, choices=own, required=False)
                self.fields[f"majority_{question.name.lower()}"] = field
        basis = [
            (Basis.OFFICE.value, _("by office")),
            (Basis.AUTHORIZATION.value, _("on authorization")),
            (Basis.ELECTION.value, _("elected by the meeting")),
            (Basis.SENIORITY.value, _("by seniority: the longest in the body")),
        ]
        for place, named in zip(
            PLACES, (_("Presides first"), _("Failing that"), _("Failing that"), _("Failing that")), strict=True
        ):
            self.fields[place] = forms.ChoiceField(
                label=named, choices=[("", _("nobody")), *basis], required=place == "first"
            )
        for motion in motions_offered(rules):
            self.add_motion(motion)
        self.initial = {**initial(rules), **self.initial}

    def add_motion(self, motion: ProceduralMotion) -> None:
        """Add the fields of a row of the table of procedural motions."""
        stem = f"motion_{slot(motion.effect)}"
        self.fields[f"{stem}_used"] = forms.BooleanField(label=_("used"), required=False)
        self.fields[f"{stem}_name"] = forms.CharField(label=_("called"), max_length=80, required=False)
        self.fields[f"{stem}_precedence"] = forms.IntegerField(
            label=_("precedence"), min_value=1, max_value=99, required=False
        )
        self.fields[f"{stem}_debatable"] = forms.BooleanField(label=_("debatable"), required=False)
        choices = [(question.value, label) for question, label in QUESTIONS.items()]
        self.fields[f"{stem}_majority"] = forms.ChoiceField(label=_("majority as for"), choices=choices, required=False)

    @property
    def parts(self) -> Iterator[Part]:
        """The fields but for the procedural motions, under their headings."""
        for heading, names in PARTS:
            yield Part(heading, [self[name] for name in names])

    @property
    def motions(self) -> list[MotionRow]:
        """The table of procedural motions."""
        return [
            MotionRow(
                str(MOTIONS[Effect(motion.effect)]),
                *(self[f"motion_{slot(motion.effect)}_{name}"] for name in MOTION_FIELDS),
            )
            for motion in motions_offered(self.begun)
        ]

    def preset(self) -> Preset:
        """Return the rules that were typed."""
        typed = self.cleaned_data
        second = typed["second_call"]
        return Preset(
            name=self.begun.name,
            notice_days=typed["notice_days"],
            quorum=share(typed["quorum"], typed["quorum_strict"]),
            majority=threshold_read(typed["majority"]).share,
            majority_of=threshold_read(typed["majority"]).of,
            presiding=tuple(typed[place] for place in PLACES if typed[place]),
            second_call=SecondCall(share(second, typed["second_call_strict"]), typed["second_call_after_days"])
            if second
            else None,
            majorities={
                question.value: threshold_read(typed[name])
                for question in Question
                if typed.get(name := f"majority_{question.name.lower()}")
            },
            presiding_offices=listed(typed["presiding_offices"]),
            authorizers=listed(typed["authorizers"]),
            procedural_motions=tuple(self.typed_motions()),
            elections=typed_elections(typed),
            **{name: typed[name] for name in AS_THEY_STAND},
        )

    def typed_motions(self) -> Iterator[ProceduralMotion]:
        """Yield the procedural motions that are ticked."""
        typed = self.cleaned_data
        for motion in motions_offered(self.begun):
            stem = f"motion_{slot(motion.effect)}"
            if typed[f"{stem}_used"]:
                yield ProceduralMotion(
                    name=typed[f"{stem}_name"].strip() or motion.effect,
                    effect=motion.effect,
                    precedence=typed[f"{stem}_precedence"] or motion.precedence,
                    debatable=typed[f"{stem}_debatable"],
                    majority=typed[f"{stem}_majority"] or Question.PROCEDURE.value,
                )


MOTION_FIELDS = ("used", "name", "precedence", "debatable", "majority")


def motions_offered(rules: Preset) -> list[ProceduralMotion]:
    """Return a motion for each effect: the body's own where it has one, by precedence, then those it does not use."""
    own = {motion.effect: motion for motion in sorted(rules.procedural_motions, key=lambda one: one.precedence)}
    last = max((motion.precedence for motion in own.values()), default=0)
    unused = [effect for effect in Effect if effect.value not in own]
    return [*own.values(), *(ProceduralMotion(one.value, one.value, last + n) for n, one in enumerate(unused, 1))]


def slot(effect: str) -> str:
    """Return the part of a field's name that an effect has."""
    return Effect(effect).name.lower()


def majority_choices(rules: Preset) -> list[tuple[str, str]]:
    """Return the majorities to choose from: the usual ones, and those that the rules have already."""
    usual = [Threshold(one, base.value) for base in Base for one in USUAL_SHARES]
    usual.sort(key=lambda one: (one.of != Base.VALID, one.of))
    own = [Threshold(rules.majority, str(rules.majority_of)), *rules.majorities.values()]
    every = dict.fromkeys([*usual, *(Threshold(one.share, str(one.of)) for one in own)])
    return [(threshold_text(one), threshold_in_words(one)) for one in every]


def share(fraction: tuple[int, int], strict: str) -> Share:
    """Return the share of a fraction that was typed."""
    over, under = fraction
    return Share(over, under, strict=strict == "more")


def listed(typed: str) -> tuple[str, ...]:
    """Return the names between commas."""
    return tuple(name.strip() for name in typed.split(",") if name.strip())


def initial(rules: Preset) -> dict[str, Any]:
    """Return what the form begins with: the rules in force."""
    begun: dict[str, Any] = {name: getattr(rules, name) for name in AS_THEY_STAND}
    begun |= begun_elections(rules.elections)
    begun |= {
        "notice_days": rules.notice_days,
        "quorum": f"{rules.quorum.numerator}/{rules.quorum.denominator}",
        "quorum_strict": "more" if rules.quorum.strict else "least",
        "majority": threshold_text(Threshold(rules.majority, str(rules.majority_of))),
        "presiding_offices": ", ".join(rules.presiding_offices),
        "authorizers": ", ".join(rules.authorizers),
        "second_call_after_days": 0,
        "second_call_strict": "least",
    }
    if second := rules.second_call:
        begun |= {
            "second_call": f"{second.quorum.numerator}/{second.quorum.denominator}",
            "second_call_strict": "more" if second.quorum.strict else "least",
            "second_call_after_days": second.after_days,
        }
    begun |= dict(zip(PLACES, rules.presiding, strict=False))
    for kind, one in rules.majorities.items():
        begun[f"majority_{Question(kind).name.lower()}"] = threshold_text(one)
    used = {motion.effect for motion in rules.procedural_motions}
    for motion in motions_offered(rules):
        stem = f"motion_{slot(motion.effect)}"
        begun |= {
            f"{stem}_used": motion.effect in used,
            f"{stem}_name": "" if motion.name == motion.effect else motion_name(motion),
            f"{stem}_precedence": motion.precedence,
            f"{stem}_debatable": motion.debatable,
            f"{stem}_majority": str(motion.majority),
        }
    return begun
