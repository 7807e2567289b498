"""`run --new`: found a real body in five questions, all of them asked before anything is written."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hemicycle.accounts.acts import NewPerson, found_installation, open_account, register_persons
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.bodies.acts import (
    Holding,
    NewUnit,
    adopt_rules,
    begin_term,
    create_post,
    found_body,
    found_units,
    give_posts,
)
from hemicycle.bodies.models import Body, PostKind
from hemicycle.bodies.rules import PRESETS
from hemicycle.command import Stop, questions
from hemicycle.command.questions import ask
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now

# What each preset's body is called, and the preset in a line.
BODIES = {
    "club": ("General meeting", "a small club: 7 days' notice, a third present, more for than against"),
    "association": ("General meeting", "an association: 14 days' notice, more than half present"),
    "union": ("Congress", "a trade union: 14 days' notice, the chair may be authorised"),
    "council": ("Council", "an elected council: 7 days' notice, votes by name are public"),
    "parliament": ("Assembly", "an assembly: 3 days' notice, votes by name are public"),
    "party": ("Central committee", "a party: 10 days' notice, a majority of all members"),
}
# A general meeting has no fixed number of seats; this is how many the first post can hold until it is changed.
SEATS = 1000


@dataclass(frozen=True)
class Answers:
    """What the five questions brought."""

    name: str
    language: str
    time_zone: str
    founder: str
    email: str
    password: str
    preset: str


def found_by_questions() -> None:
    """Ask, then found the installation and its first body; refuse where something was founded already."""
    if installation := Installation.objects.first():
        raise Stop(
            f"“{installation.name}” was founded here already. Start it without --new, "
            "or name another data folder with HEMICYCLE_DATA.",
            2,
        )
    answers = ask_five()
    found(answers)
    print(f"“{answers.name}” is founded. You hold its chair and its desk until you give them to others.", flush=True)


def ask_five() -> Answers:
    """Ask the five questions."""
    print("Five questions, and your body is founded. An empty line takes what stands in brackets.")
    name = ask("1. What is the organisation called", questions.a_name)
    language = ask("2. In which language does it write", questions.a_language, "en")
    time_zone = ask("3. In which time zone does it meet", questions.a_time_zone, questions.local_time_zone())
    founder = ask("4. Who are you (your name)", questions.a_name)
    email = ask("   your e-mail address, to sign in with", questions.an_email)
    password = ask("   your password, ten letters or more", questions.a_password, hidden=True)
    lines = [f"   {number} {preset}: {BODIES[preset][1]}" for number, preset in enumerate(PRESETS, 1)]
    print("\n".join(lines))
    preset = ask("5. Which rules does it begin with", questions.one_of(list(PRESETS)), "association")
    return Answers(name, language, time_zone, founder, email, password, preset)


def found(answers: Answers) -> Account:
    """Found the organisation by acts: its unit, its body with rules and a first term, and the founder's posts."""
    installation = found_installation(administrator=answers.founder, name=answers.name, language=answers.language)
    by = administrator(installation, answers.founder)
    [founder] = register_persons(
        by=by, people=[NewPerson(answers.founder, email=answers.email, language=answers.language)]
    )
    account = open_with_password(by, founder, answers.email, answers.password)
    [whole] = found_units(by=by, units=[NewUnit(answers.name, "whole", None)])
    body = found_body(
        by=by,
        unit_id=whole.pk,
        name=BODIES[answers.preset][0],
        kind=BODIES[answers.preset][0].lower(),
        time_zone=answers.time_zone,
        language=answers.language,
    )
    begin_body(by, body, founder, answers)
    return account


def begin_body(by: Actor, body: Body, founder: Person, answers: Answers) -> None:
    """Give the body its rules, its first term, and to the founder its chair, its desk and a seat."""
    today = now().astimezone(ZoneInfo(answers.time_zone)).date()
    adopt_rules(by=by, body_id=body.pk, preset=PRESETS[answers.preset], in_force_from=today)
    begin_term(by=by, body_id=body.pk, ordinal=1, starts=today)
    posts = [
        create_post(by=by, body_id=body.pk, kind=PostKind.CHAIR, title="Chair"),
        create_post(by=by, body_id=body.pk, kind=PostKind.SECRETARY, title="Secretary"),
        create_post(by=by, body_id=body.pk, kind=PostKind.FULL, title="Member", seats=SEATS, votes=True),
    ]
    create_post(by=by, body_id=body.pk, kind=PostKind.ALTERNATE, title="Alternate", seats=SEATS)
    give_posts(by=by, holdings=[Holding(post.pk, founder.pk, today) for post in posts])


def administrator(installation: Installation, name: str) -> Actor:
    """Return the installation's administrator as an actor."""
    book = installation.book
    return Actor(name, Capacity.ADMINISTRATOR, "administrator", book.title, book.pk)


def open_with_password(by: Actor, person: Person, email: str, password: str) -> Account:
    """Open an administrator's account that can sign in at once; a password is no fact of a book."""
    account = open_account(by=by, person_id=person.pk, email=email, is_administrator=True)
    account.set_password(password)
    account.save(update_fields=["password"])
    return account
