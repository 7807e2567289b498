"""`createadmin`: open an administrator's account, asked or given on the command line."""

import argparse

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Installation
from hemicycle.command import Stop, questions
from hemicycle.command.founding import administrator, open_with_password
from hemicycle.command.questions import ask


def configure(parser: argparse.ArgumentParser) -> None:
    """Name and address may be given; what is missing is asked. The password is always asked, never an argument."""
    parser.add_argument("--name", help="the person's name")
    parser.add_argument("--email", help="the address to sign in with")


def run(args: argparse.Namespace) -> int:
    """Register the person and open the account."""
    installation = Installation.objects.select_related("book").first()
    if installation is None:
        raise Stop("Nothing is founded here yet. “bin/run --new” founds a body and opens your account.")
    name = given("--name", args.name, questions.a_name) or ask("The person's name", questions.a_name)
    email = given("--email", args.email, questions.an_email) or ask("E-mail address", questions.an_email)
    password = ask("Password, ten letters or more", questions.a_password, hidden=True)
    by = administrator(installation, installation.name)
    [person] = register_persons(by=by, people=[NewPerson(name, email=email)])
    open_with_password(by, person, email, password)
    print(f"{name} may sign in now, and act as administrator.")
    return 0


def given(option: str, value: str | None, read: questions.Reader) -> str:
    """Return what was given on the command line, empty where nothing was; stop where it cannot be used."""
    if value is None:
        return ""
    try:
        return read(value)
    except questions.BadAnswer as bad:
        raise Stop(f"{option}: {bad}", 2) from bad
