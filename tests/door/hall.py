"""The world of the door's trials, in processes of its own: `python -m tests.door.hall found|write|vote|check`.

`found` builds the club at its sitting, with a motion on the table, and tells its keys; a number makes it as large.
`write` acts without pause and tells each act when it has returned. `vote` puts a motion to a vote that counts. `check`
tells what verify finds.
"""

import dataclasses
import json
import os
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # Django is set up first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from hemicycle.accounts.acts import NewPerson, register_persons  # noqa: E402
from hemicycle.accounts.models import Account  # noqa: E402
from hemicycle.bodies.acts import Holding, create_post, give_posts  # noqa: E402
from hemicycle.bodies.models import PostKind  # noqa: E402
from hemicycle.bodies.queries import actors_of  # noqa: E402
from hemicycle.command.bench_ballots.world import enlarge  # noqa: E402
from hemicycle.demo.club import MONDAY, found_club  # noqa: E402
from hemicycle.journal.act import Actor, Refused  # noqa: E402
from hemicycle.journal.clock import clock_at, now  # noqa: E402
from hemicycle.journal.models import Entry  # noqa: E402
from hemicycle.journal.verify import verify  # noqa: E402
from hemicycle.meetings.models import Meeting  # noqa: E402
from hemicycle.motions.acts import table_motion  # noqa: E402
from hemicycle.motions.models import Motion  # noqa: E402
from hemicycle.voting.acts import close_ballot, open_ballot  # noqa: E402
from hemicycle.voting.card import issue_card  # noqa: E402
from hemicycle.voting.models import Ballot, Method  # noqa: E402
from hemicycle.voting.tests.world import floor_of  # noqa: E402

_telling = threading.Lock()


def tell(**said: object) -> None:
    """Say something on a line of its own."""
    with _telling:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def found(voters: int = 7) -> None:
    """Build the world and tell what the trials ask for."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with clock_at(MONDAY):
        club = found_club()
        enlarge(club, max(0, voters - len(club.members)))
        floor = floor_of(club, present=voters)
    sessions = {}
    for name, person in {"chair": club.members[0], "member": club.members[4], "outsider": club.outsider}.items():
        client = Client()
        client.force_login(Account.objects.get(person=person))
        sessions[name] = client.session.session_key
    tell(
        book=club.body.book_id,
        meeting=floor.meeting.pk,
        motion=floor.motion.pk,
        address=f"/en/bodies/{club.body.slug}/terms/1/meetings/{floor.meeting.ordinal}/",
        sessions=sessions,
    )


def chair() -> Actor:
    """Return the club's chair."""
    body = Meeting.objects.select_related("body").get().body
    holder = body.posts.get(kind="chair").memberships.get()
    return next(actor for actor in actors_of(holder.person_id, now().date()) if actor.capacity == "chair")


def write(seconds: float, pause: float) -> None:
    """Open and close ballots, and register persons, until the time is over or this process is killed."""
    end = time.monotonic() + seconds
    registering = threading.Thread(target=register, args=(end,))
    registering.start()
    by, motion = chair(), Motion.objects.get()
    for left in Ballot.objects.filter(closed=None, voided=None):
        close_ballot(by=by, ballot_id=left.pk)
        tell(closed=left.pk)
    while time.monotonic() < end:
        ballot = open_ballot(by=by, motion_id=motion.pk, practice=True)
        cards = [issue_card(ballot.pk, voter) for voter in ballot.entitled.values_list("pk", flat=True)]
        tell(opened=ballot.pk, cards=cards)
        time.sleep(pause)
        close_ballot(by=by, ballot_id=ballot.pk)
        tell(closed=ballot.pk)
    registering.join()


def register(end: float) -> None:
    """Register persons, one act after the other."""
    installation = Entry.objects.filter(kind="installation.founded").get()
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    while time.monotonic() < end:
        (person,) = register_persons(by=by, people=[NewPerson(f"Nobody {time.monotonic_ns()}")])
        tell(person=person.pk)


def act(what: str, key: str) -> None:
    """Do one act and tell what became of it."""
    try:
        if what == "open":
            ballot = open_ballot(by=chair(), motion_id=int(key), practice=True)
            cards = [issue_card(ballot.pk, voter) for voter in ballot.entitled.values_list("pk", flat=True)]
            tell(opened=ballot.pk, cards=cards)
        else:
            close_ballot(by=chair(), ballot_id=int(key))
            tell(closed=int(key))
    except Refused as refusal:
        tell(refused=refusal.code)


def roll() -> None:
    """Practise a roll call, and tell who is on the list."""
    ballot = open_ballot(by=chair(), motion_id=Motion.objects.get().pk, practice=True, method=Method.ROLL_CALL)
    tell(opened=ballot.pk, names=list(ballot.entitled.order_by("number").values_list("name", flat=True)))


def answer(ballot: str, number: str) -> None:
    """Enter at the desk what one of the list answers."""
    desk = Client(SERVER_NAME="localhost")
    desk.force_login(Account.objects.get(person=chair().person))
    sent = {"number": number, "choice": "for", "request": f"answer-{number}"}
    tell(answered=desk.post(reverse("voting:roll_call", args=[ballot]), sent).status_code)


def vote(method: str) -> None:
    """Put a motion of its own to a vote that counts, and tell its cards."""
    item = Motion.objects.select_related("item").order_by("pk")[0].item
    title = f"Motion {Motion.objects.count() + 1}"
    motion = table_motion(by=chair(), item_id=item.pk, title=title, preamble="The boats are old.")
    ballot = open_ballot(by=chair(), motion_id=motion.pk, method=method)
    cards = [issue_card(ballot.pk, voter) for voter in ballot.entitled.order_by("number").values_list("pk", flat=True)]
    tell(opened=ballot.pk, cards=cards)


def give() -> None:
    """Give a post to the outsider: an act after which somebody may see more or less than before."""
    body = Meeting.objects.select_related("body").get().body
    holder = body.posts.get(kind="secretary").memberships.get()
    by = next(actor for actor in actors_of(holder.person_id, now().date()) if actor.capacity == "secretary")
    post = create_post(by=by, body_id=body.pk, kind=PostKind.AUDITOR, title="Auditor")
    outsider = Account.objects.order_by("pk").last()
    assert outsider
    give_posts(by=by, holdings=[Holding(post.pk, outsider.person_id, now().date())])
    tell(given=post.pk)


def check() -> None:
    """Tell what does not hold."""
    tell(problems=[dataclasses.asdict(problem) for problem in verify()])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["found", *size]:
            found(*map(int, size))
        case ["vote", method]:
            vote(method)
        case ["write", seconds, pause]:
            write(float(seconds), float(pause))
        case [("open" | "close") as what, key]:
            act(what, key)
        case ["roll"]:
            roll()
        case ["answer", ballot, number]:
            answer(ballot, number)
        case ["give"]:
            give()
        case ["check"]:
            check()
