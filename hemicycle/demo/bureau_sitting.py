"""A sitting of the Bureau: a rehearsal before it, a consent agenda, a roll call, an acclamation, a secret election."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hemicycle.bodies.acts import Holding, create_post, give_posts
from hemicycle.bodies.models import Post, PostKind
from hemicycle.decisions.acts import certify_decision
from hemicycle.decisions.elected import elected_by
from hemicycle.decisions.models import Decision
from hemicycle.demo.organisation import Federation
from hemicycle.demo.schedule import Hours, past
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import stated, table
from hemicycle.journal.act import Actor
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    adopt_agenda,
    close_meeting,
    close_sitting,
    convene_meeting,
    open_sitting,
    participants_came,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
from hemicycle.motions.acts import call_election, nominate, table_motion
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import (
    certify_result,
    close_ballot,
    decide_consent_agenda,
    declare_result,
    note_consent,
    open_ballot,
)
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.calling import go_on_from
from hemicycle.voting.models import Ballot, Choice, Entitled, Method, Result


@dataclass
class Table:
    """The Bureau at its table, once to try and once in earnest, as the scenes find it."""

    world: Federation
    facts: dict[str, Any]
    hours: Hours
    rehearsal: bool = False
    meeting: Meeting = field(init=False)
    items: list[AgendaItem] = field(default_factory=list)
    motions: list[Motion] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)

    @property
    def sitting(self) -> Sitting:
        """The one sitting, as it is now."""
        return self.meeting.sittings.get()

    def chair(self) -> Actor:
        """Return the Chair of the Bureau."""
        return self.world.holding("bureau", "chair", self.hours.day)

    def desk(self) -> Actor:
        """Return the Secretary of the Bureau."""
        return self.world.holding("bureau", "secretary", self.hours.day)

    def ballot(self) -> Ballot:
        """Return the last vote."""
        return Ballot.objects.filter(sitting__meeting=self.meeting).latest("pk")


def bureau_sitting(world: Federation) -> Iterator[Scene]:
    """Yield the rehearsal, and the sitting from its convening to the posts that it gave."""
    facts = table("bureau_sitting")
    hours = past(world.present, facts["days_ago"], facts["opens"])
    one = Table(world, facts, hours)
    at = hours.at
    yield Scene(hours.days_after(-facts["convened"], 10), lambda: convene(one), "The Bureau at its table")
    yield from rehearsed(Table(world, facts, Hours(hours.opens - timedelta(days=1)), rehearsal=True))
    yield Scene(at(-5), lambda: gather(one))
    yield Scene(at(3), lambda: adopt_agenda(by=one.chair(), meeting_id=one.meeting.pk))
    yield Scene(at(6), lambda: agree(one))
    yield Scene(at(10), lambda: call_the_roll(one))
    yield Scene(at(13), lambda: answer_aloud(one))
    yield Scene(at(16), lambda: count(one))
    yield Scene(at(20), lambda: acclaim(one))
    yield Scene(at(27), lambda: vote_in_secret(one))
    yield Scene(at(34), lambda: count(one))
    yield Scene(at(facts["minutes"]), lambda: close_sitting(by=one.chair(), sitting_id=one.sitting.pk))
    yield Scene(at(facts["minutes"] + 30), lambda: decide(one))
    yield Scene(at(facts["minutes"] + 40), lambda: give(one))


def rehearsed(one: Table) -> Iterator[Scene]:
    """Yield the rehearsal: a vote on nothing, and its result."""
    at = one.hours.at
    yield Scene(one.hours.days_after(-one.facts["convened"], 11), lambda: convene(one))
    yield Scene(at(-5), lambda: gather(one))
    yield Scene(at(1), lambda: adopt_agenda(by=one.chair(), meeting_id=one.meeting.pk))
    yield Scene(at(2), lambda: try_it(one))
    yield Scene(at(8), lambda: declare_result(by=one.chair(), result_id=close(one).pk))
    yield Scene(at(10), lambda: settle_item(by=one.chair(), item_id=one.items[0].pk))
    yield Scene(at(11), lambda: close_sitting(by=one.chair(), sitting_id=one.sitting.pk))
    yield Scene(at(12), lambda: close_meeting(by=one.desk(), meeting_id=one.meeting.pk))


def convene(one: Table) -> None:
    """Convene the meeting with its agenda, and give notice of it."""
    facts, opens = one.facts, one.hours.opens
    one.meeting = convene_meeting(
        by=one.desk(),
        body_id=one.world.bodies["bureau"].pk,
        kind="ordinary",
        starts=one.hours.day,
        ends=one.hours.day,
        sittings=[(opens, opens + timedelta(minutes=facts["minutes"]))],
        title=facts["rehearsal"]["title"] if one.rehearsal else facts["title"],
        place=facts["place"],
        access="participants" if one.rehearsal else "organisation",
        rehearsal=one.rehearsal,
    )
    asked = [facts["rehearsal"]] if one.rehearsal else [*facts["small"], facts["acclamation"], facts["secret"]]
    one.items = [add_item(by=one.desk(), meeting_id=one.meeting.pk, title=item["title"]) for item in asked]
    for item, small in zip(one.items, [] if one.rehearsal else facts["small"], strict=False):
        points = [(small["text"], False)]
        motion = table_motion(by=one.desk(), item_id=item.pk, title=small["title"], preamble="", points=points)
        one.motions.append(motion)
    summon(by=one.desk(), meeting_id=one.meeting.pk, text=stated(facts["summons"]))


def gather(one: Table) -> None:
    """Let everybody come, and open the sitting."""
    rows = accredit_members(by=one.desk(), sitting_id=one.sitting.pk)
    participants_came(by=one.desk(), sitting_id=one.sitting.pk, participations=[row.pk for row in rows])
    chair = one.world.people[one.chair().name]
    take_chair(by=one.chair(), sitting_id=one.sitting.pk, person_id=chair.pk, basis="office")
    open_sitting(by=one.chair(), sitting_id=one.sitting.pk)


def try_it(one: Table) -> None:
    """Put something to the vote of which nothing comes."""
    facts = one.facts["rehearsal"]
    take_up_item(by=one.chair(), item_id=one.items[0].pk)
    points = [("The tea is better than last year.", False)]
    motion = table_motion(by=one.desk(), item_id=one.items[0].pk, title=facts["motion"], preamble="", points=points)
    ballot = open_ballot(by=one.chair(), motion_id=motion.pk)
    put_in(ballot, dict.fromkeys(facts["against"], Choice.AGAINST))


def agree(one: Table) -> None:
    """Adopt together what nobody objects to, and certify it; what somebody objects to stays to come."""
    *agreed, contested = one.motions
    results = decide_consent_agenda(
        by=one.chair(),
        sitting_id=one.sitting.pk,
        motions=[motion.pk for motion in agreed],
        taken_out=[contested.pk],
        objector=one.facts["roll_call"]["objector"],
    )
    for result in results:
        certify_result(by=one.desk(), result_id=result.pk)


def call_the_roll(one: Table) -> None:
    """Put what was taken out of the consent agenda to a roll call."""
    take_up_item(by=one.chair(), item_id=one.motions[-1].item_id)
    open_ballot(by=one.chair(), motion_id=one.motions[-1].pk, method=Method.ROLL_CALL)


def answer_aloud(one: Table) -> None:
    """Enter what each answers when called; one is called twice."""
    facts, ballot = one.facts["roll_call"], one.ballot()
    said = dict.fromkeys(facts["against"], Choice.AGAINST) | dict.fromkeys(facts["abstain"], Choice.ABSTAIN)
    for voter in ballot.entitled.order_by("number"):
        if voter.name == facts["late"]:
            go_on_from(ballot, voter.number)
        else:
            put_in(ballot, said, [voter])
    put_in(ballot, said, [ballot.entitled.get(name=facts["late"])])


def put_in(ballot: Ballot, said: dict[str, Choice], voters: list[Entitled] | None = None) -> None:
    """Put votes into the box, for the motion where nothing else is said."""
    casts = voters or list(ballot.entitled.order_by("number"))
    enter([Slip(ballot.pk, one.pk, said.get(one.name, Choice.FOR), f"demo-{one.number}") for one in casts])


def enter(slips: list[Slip]) -> None:
    """Put votes into the box, every one of them."""
    codes = {outcome.code for outcome in commit(slips)}
    if codes != {"counted"}:
        raise ValueError(f"The box took not every vote: {codes}")


def close(one: Table) -> Result:
    """Close the vote; return what was counted."""
    return close_ballot(by=one.chair(), ballot_id=one.ballot().pk).results.get()


def count(one: Table) -> None:
    """Close the vote, and settle its result and its item."""
    certify(one, close(one))


def certify(one: Table, result: Result) -> None:
    """Declare and certify a result, and settle its item."""
    declare_result(by=one.chair(), result_id=result.pk)
    certify_result(by=one.desk(), result_id=result.pk)
    settle_item(by=one.chair(), item_id=result.ballot.motion.item_id)


def acclaim(one: Table) -> None:
    """Elect by acclamation whom nobody stands against."""
    motion = stand(one, "acclamation", one.items[-2])
    ballot = open_ballot(by=one.chair(), motion_id=motion, method=Method.ACCLAMATION)
    certify(one, note_consent(by=one.desk(), ballot_id=ballot.pk))


def stand(one: Table, part: str, item: AgendaItem) -> int:
    """Call the election to a post that is made for it, and nominate who stands; return the key of its motion."""
    facts, by = one.facts[part], one.desk()
    post = create_post(by=by, body_id=one.world.bodies["bureau"].pk, kind=PostKind(facts["kind"]), title=facts["post"])
    one.posts[part] = post
    take_up_item(by=one.chair(), item_id=item.pk)
    starts = one.hours.day + timedelta(days=1)
    election = call_election(by=one.chair(), item_id=item.pk, seats=1, post_id=post.pk, starts=starts)
    for name in facts["stand"]:
        nominate(by=by, motion_id=election.motion_id, person_id=one.world.people[name].pk, accepted=True)
    return election.motion_id


def vote_in_secret(one: Table) -> None:
    """Open the secret election, and let sealed papers come into its box, each with a code of its voter's."""
    facts = one.facts["secret"]
    motion = stand(one, "secret", one.items[-1])
    ballot = open_ballot(by=one.chair(), motion_id=motion, method=Method.SECRET)
    voters = ballot.entitled.order_by("number")
    enter(
        [
            Slip(ballot.pk, voter.pk, paper, f"demo-{voter.number}", code=f"MERROW{(7 * voter.number) % 83:02}DEMO")
            for voter, paper in zip(voters, facts["papers"], strict=True)
        ]
    )


def decide(one: Table) -> None:
    """Make decisions of what was carried, and close the meeting."""
    for result in Result.objects.filter(ballot__sitting__meeting=one.meeting, carried=True).order_by("pk"):
        certify_decision(by=one.desk(), result_id=result.pk)
    close_meeting(by=one.desk(), meeting_id=one.meeting.pk)


def give(one: Table) -> None:
    """Give the posts to those who were elected to them."""
    for decision in Decision.objects.filter(meeting=one.meeting).order_by("number"):
        elected = elected_by(decision)
        if elected and elected.election.starts:
            held = [Holding(elected.post.pk, person.pk, elected.election.starts) for person in elected.waiting]
            give_posts(by=one.desk(), holdings=held, decided_by=elected.entry)
