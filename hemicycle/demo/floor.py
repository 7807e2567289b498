"""What else happens in a sitting, told from the events of its table: speeches, rests, amendments, hands, rulings."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.minuting import approve
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import stated
from hemicycle.demo.tellers import count_by_tellers
from hemicycle.languages.acts import translate
from hemicycle.live.screens import add_screen, turn_screen
from hemicycle.meetings.acts import (
    admit_document,
    call_quorum,
    close_debate,
    declare_interest,
    draw_conclusion,
    end_speech,
    form_organ,
    give_floor,
    give_speech,
    go_into_private,
    hold_speech,
    open_to_public,
    refuse_document,
    report_of_organ,
    resume_sitting,
    resume_speech,
    reverse_ruling,
    strike_words,
    suspend_sitting,
    take_chair,
)
from hemicycle.meetings.models import DocumentVersion, Organ, Speech, Turn
from hemicycle.meetings.queries.speaking import waiting_on
from hemicycle.meetings.queue import ask_for_floor
from hemicycle.motions.acts import accept_amendment, call_election, nominate, table_amendment
from hemicycle.motions.models import Amendment
from hemicycle.voting.acts import (
    certify_result,
    correct_result,
    decide_procedure,
    declare_result,
    minute_dissent,
    move_procedure,
    note_consent,
    open_ballot,
    void_ballot,
)
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import Ballot, Method, Result

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary

Facts = dict[str, Any]


def events(plenary: "Plenary") -> Iterator[Scene]:
    """Yield the events of a plenary's table, each at its minute."""
    for facts in plenary.facts.get("event", ()):
        yield Scene(plenary.hours.at(facts["minute"]), partial(DOES[facts["does"]], plenary, facts))


def people_in(events: list[Facts]) -> set[str]:
    """Return who does something in these events, and so is there."""
    named = {facts[part] for facts in events for part in ("person", "mover") if part in facts}
    return named | {name for facts in events for name in facts.get("people", ())}


def item(plenary: "Plenary", facts: Facts) -> int:
    """Return the key of the item that an event is on."""
    return plenary.items[facts["item"]].pk


def person(plenary: "Plenary", facts: Facts) -> int:
    """Return the key of the person whom an event names."""
    return plenary.world.people[facts["person"]].pk


def motion(plenary: "Plenary", facts: Facts) -> int:
    """Return the key of the motion that an event names by its title."""
    return plenary.motions[facts["motion"]].pk


def ballot(plenary: "Plenary") -> Ballot:
    """Return the last vote of the sitting."""
    return Ballot.objects.filter(sitting=plenary.sitting).latest("pk")


def result(plenary: "Plenary") -> Result:
    """Return what was counted last."""
    return ballot(plenary).results.latest("version")


def amendment(plenary: "Plenary", facts: Facts) -> Amendment:
    """Return the amendment with the number that an event names."""
    return Amendment.objects.get(motion=motion(plenary, facts), ordinal=facts["number"])


def paper(plenary: "Plenary", facts: Facts) -> int:
    """Return the key of the last version of the document that an event names."""
    return (
        DocumentVersion.objects.filter(document__meeting=plenary.meeting, document__title=facts["title"])
        .latest("pk")
        .pk
    )


def hands(facts: Facts) -> Hands:
    """Return what the tellers of an event counted."""
    votes_for, against, abstained = facts["hands"]
    return Hands(votes_for, against, abstained, tuple(facts.get("people", ())))


def speak(plenary: "Plenary", facts: Facts) -> None:
    give_speech(
        by=plenary.desk(),
        item_id=item(plenary, facts),
        speaker_id=person(plenary, facts),
        text=stated(facts["text"]),
        form=facts.get("form", "delivered"),
    )


def conclude(plenary: "Plenary", facts: Facts) -> None:
    draw_conclusion(
        by=plenary.desk(),
        item_id=item(plenary, facts),
        drawn_by_id=person(plenary, facts),
        text=stated(facts["text"]),
    )


def hand_over_chair(plenary: "Plenary", facts: Facts) -> None:
    take_chair(
        by=plenary.chair(),
        sitting_id=plenary.sitting.pk,
        person_id=person(plenary, facts),
        basis=facts["basis"],
        authorized_by=facts.get("authorized_by", ""),
        hands_over=True,
    )


def rest(plenary: "Plenary", facts: Facts) -> None:
    suspend_sitting(by=plenary.chair(), sitting_id=plenary.sitting.pk, because=facts["because"])


def go_on(plenary: "Plenary", _facts: Facts) -> None:
    resume_sitting(by=plenary.chair(), sitting_id=plenary.sitting.pk)


def count(plenary: "Plenary", facts: Facts) -> None:
    call_quorum(by=plenary.chair(), sitting_id=plenary.sitting.pk, asked_by=facts["person"])


def form(plenary: "Plenary", facts: Facts) -> None:
    form_organ(
        by=plenary.chair(),
        meeting_id=plenary.meeting.pk,
        kind=facts["kind"],
        name=facts["name"],
        task=facts["task"],
        people=[plenary.world.people[name].pk for name in facts["people"]],
    )


def report_back(plenary: "Plenary", facts: Facts) -> None:
    organ = Organ.objects.get(meeting=plenary.meeting, name=facts["name"])
    report_of_organ(by=plenary.desk(), organ_id=organ.pk, text=stated(facts["text"]))


def concern(plenary: "Plenary", facts: Facts) -> None:
    declare_interest(
        by=plenary.desk(), item_id=item(plenary, facts), person_id=person(plenary, facts), nature=facts["nature"]
    )


def close_doors(plenary: "Plenary", facts: Facts) -> None:
    go_into_private(by=plenary.chair(), sitting_id=plenary.sitting.pk, access=facts["access"], because=facts["because"])


def open_doors(plenary: "Plenary", _facts: Facts) -> None:
    open_to_public(by=plenary.chair(), sitting_id=plenary.sitting.pk)


def move(plenary: "Plenary", facts: Facts) -> None:
    moved = move_procedure(
        by=plenary.desk(), sitting_id=plenary.sitting.pk, name=facts["name"], mover=facts["mover"], about=facts["about"]
    )
    decide_procedure(by=plenary.chair(), procedure_id=moved.pk, counted=hands(facts))


def close_list(plenary: "Plenary", facts: Facts) -> None:
    close_debate(by=plenary.chair(), item_id=item(plenary, facts), only_list=True)


def amend(plenary: "Plenary", facts: Facts) -> None:
    table_amendment(
        by=plenary.desk(),
        motion_id=motion(plenary, facts),
        target=facts["target"],
        point=facts["point"],
        text=facts["text"],
        operational=facts.get("operational", False),
        mover=facts["mover"],
        mover_person_id=plenary.world.people[facts["mover"]].pk,
    )


def accept(plenary: "Plenary", facts: Facts) -> None:
    accept_amendment(by=plenary.desk(), amendment_id=amendment(plenary, facts).pk)


def put(plenary: "Plenary", facts: Facts) -> None:
    change = amendment(plenary, facts).pk if "number" in facts else None
    open_ballot(by=plenary.chair(), motion_id=motion(plenary, facts), method=facts["method"], amendment_id=change)


def tell(plenary: "Plenary", facts: Facts) -> None:
    first, chair = plenary.desk(), plenary.chair()
    second = chair if chair.person != first.person else plenary.second()
    count_by_tellers(ballot(plenary), hands(facts), first, second)


def tell_again(plenary: "Plenary", facts: Facts) -> None:
    correct_result(by=plenary.desk(), ballot_id=ballot(plenary).pk, reason=facts["reason"], counted=hands(facts))


def void(plenary: "Plenary", facts: Facts) -> None:
    void_ballot(by=plenary.chair(), ballot_id=ballot(plenary).pk, reason=facts["reason"])


def consent(plenary: "Plenary", _facts: Facts) -> None:
    note_consent(by=plenary.chair(), ballot_id=ballot(plenary).pk)


def declare(plenary: "Plenary", _facts: Facts) -> None:
    declare_result(by=plenary.chair(), result_id=result(plenary).pk)


def certify(plenary: "Plenary", facts: Facts) -> None:
    made = certify_result(by=plenary.desk(), result_id=result(plenary).pk)
    if facts.get("decides"):
        certify_decision(by=plenary.desk(), result_id=made.pk)


def dissent(plenary: "Plenary", facts: Facts) -> None:
    minute_dissent(
        by=plenary.desk(), ballot_id=ballot(plenary).pk, person_id=person(plenary, facts), text=facts["text"]
    )


def reverse(plenary: "Plenary", facts: Facts) -> None:
    reverse_ruling(by=plenary.chair(), sitting_id=plenary.sitting.pk, ruling=facts["ruling"], instead=facts["instead"])


def admit(plenary: "Plenary", facts: Facts) -> None:
    admit_document(by=plenary.chair(), version_id=paper(plenary, facts), because=facts["because"])


def refuse(plenary: "Plenary", facts: Facts) -> None:
    refuse_document(by=plenary.chair(), version_id=paper(plenary, facts), because=facts["because"])


def word(plenary: "Plenary", facts: Facts) -> None:
    keys = {
        "agendaitem": lambda: item(plenary, facts),
        "motion": lambda: motion(plenary, facts),
        "ballot": lambda: ballot(plenary).pk,
    }
    translate(
        by=plenary.desk(),
        noun=facts["noun"],
        key=keys[facts["noun"]](),
        language=facts["language"],
        texts={part: stated(text) for part, text in facts["texts"].items()},
    )


def strike(plenary: "Plenary", facts: Facts) -> None:
    said = Speech.objects.filter(item=item(plenary, facts), speaker=person(plenary, facts)).latest("pk")
    strike_words(by=plenary.desk(), meeting_id=plenary.meeting.pk, noun="speech", key=said.pk, because=facts["because"])


def ask(plenary: "Plenary", facts: Facts) -> None:
    part = plenary.sitting.participations.get(person=person(plenary, facts))
    ask_for_floor(participation_id=part.pk, item_id=item(plenary, facts), kind=facts["kind"])


def call(plenary: "Plenary", facts: Facts) -> None:
    on_item = plenary.items[facts["item"]]
    first = waiting_on(on_item, plenary.sitting)[0]
    give_floor(by=plenary.chair(), item_id=on_item.pk, request_id=first.pk)


def turn_now(plenary: "Plenary") -> int:
    """Return the key of the speech that lasts."""
    return Turn.objects.get(sitting=plenary.sitting, ends=None).pk


def hold(plenary: "Plenary", facts: Facts) -> None:
    hold_speech(by=plenary.chair(), turn_id=turn_now(plenary), because=facts["because"])


def let_go_on(plenary: "Plenary", _facts: Facts) -> None:
    resume_speech(by=plenary.chair(), turn_id=turn_now(plenary))


def end(plenary: "Plenary", _facts: Facts) -> None:
    end_speech(by=plenary.chair(), turn_id=turn_now(plenary))


def turn(plenary: "Plenary", facts: Facts) -> None:
    made = add_screen(plenary.meeting, facts["name"])
    turn_screen(made, shows=facts["shows"], text=facts["text"], until=None)


def elect(plenary: "Plenary", facts: Facts) -> None:
    """Call an election, nominate those who accept, let the tellers count its papers, and certify who is elected."""
    election = call_election(
        by=plenary.chair(), item_id=item(plenary, facts), called=facts["called"], seats=facts["seats"]
    )
    for name in facts["candidates"]:
        person_id = plenary.world.people[name].pk
        nominate(by=plenary.desk(), motion_id=election.motion_id, person_id=person_id, accepted=True)
    opened = open_ballot(by=plenary.chair(), motion_id=election.motion_id, method=Method.PAPER)
    counted = Papers(facts["papers"], tuple(facts["people"]))
    made = count_by_tellers(opened, counted, plenary.desk(), plenary.second())
    declare_result(by=plenary.chair(), result_id=made.pk)
    certified = certify_result(by=plenary.second(), result_id=made.pk)
    certify_decision(by=plenary.desk(), result_id=certified.pk)


DOES: dict[str, Callable[["Plenary", Facts], None]] = {
    "speech": speak,
    "conclusion": conclude,
    "chair": hand_over_chair,
    "suspend": rest,
    "resume": go_on,
    "count quorum": count,
    "committee": form,
    "committee reports": report_back,
    "interest": concern,
    "in private": close_doors,
    "in public": open_doors,
    "procedural motion": move,
    "close the list": close_list,
    "amend": amend,
    "accept amendment": accept,
    "put to the vote": put,
    "count": tell,
    "count again": tell_again,
    "void the vote": void,
    "consent": consent,
    "declare": declare,
    "certify": certify,
    "dissent": dissent,
    "reverse ruling": reverse,
    "admit late paper": admit,
    "refuse late paper": refuse,
    "translate": word,
    "strike the speech": strike,
    "ask for the floor": ask,
    "call the next speaker": call,
    "hold the clock": hold,
    "let the clock go on": let_go_on,
    "the speech ends": end,
    "turn a screen": turn,
    "approve minutes": approve,
    "elect": elect,
}
