"""Many accounts are opened in one act, and by the same rules as one."""

import pytest

from hemicycle.accounts.acts import NewAccount, NewPerson, open_accounts, register_persons
from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence


def test_many_accounts_are_one_entry_and_have_no_password(club: Club) -> None:
    people = register_persons(by=club.administrator, people=[NewPerson("Lea Lund"), NewPerson("Max Mohr")])
    made = open_accounts(
        by=club.administrator,
        accounts=[NewAccount(people[0].pk, " Lea@Club.example"), NewAccount(people[1].pk, "max@club.example")],
    )
    assert [account.email for account in made] == ["lea@club.example", "max@club.example"]
    assert not any(account.has_usable_password() or account.is_administrator for account in made)
    entry = Entry.objects.get(kind="accounts.opened")
    assert sentence(entry) == "Accounts were opened for 2 persons."
    assert "@" not in (entry.facts_text or "")


@pytest.mark.parametrize(
    ("email", "code"),
    [("", "no_address"), ("ben@club.example", "address_taken"), ("two@club.example", "address_taken")],
)
def test_accounts_are_opened_all_or_none(club: Club, email: str, code: str) -> None:
    people = register_persons(by=club.administrator, people=[NewPerson("Lea Lund"), NewPerson("Max Mohr")])
    before = Account.objects.count()
    with pytest.raises(Refused) as refused:
        open_accounts(
            by=club.administrator,
            accounts=[NewAccount(people[0].pk, "two@club.example"), NewAccount(people[1].pk, email)],
        )
    assert refused.value.code == code
    assert Account.objects.count() == before


def test_a_person_has_one_account(club: Club) -> None:
    with pytest.raises(Refused) as refused:
        open_accounts(by=club.administrator, accounts=[NewAccount(club.members[0].pk, "again@club.example")])
    assert refused.value.code == "has_account"
