"""Opening, closing and reopening accounts."""

import pytest

from hemicycle.accounts.acts import NewPerson, close_account, open_account, register_persons, reopen_account
from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence


def account_of(name: str) -> Account:
    return Account.objects.get(person__name=name)


def test_an_account_is_found_by_its_address_whatever_its_capitals(club: Club) -> None:
    [person] = register_persons(by=club.administrator, people=[NewPerson("Zoe Zimmer")])
    account = open_account(by=club.administrator, person_id=person.pk, email=" Zoe@Club.Example ")
    assert account.email == "zoe@club.example"
    assert Account.objects.get_by_natural_key("ZOE@club.example") == account
    assert not account.has_usable_password()


def test_a_person_has_one_account_and_an_address_one_person(club: Club) -> None:
    [person] = register_persons(by=club.administrator, people=[NewPerson("Zoe Zimmer")])
    with pytest.raises(Refused) as refused:
        open_account(by=club.administrator, person_id=person.pk, email="ANN@club.example")
    assert refused.value.code == "address_taken"
    with pytest.raises(Refused) as refused:
        open_account(by=club.administrator, person_id=club.members[0].pk, email="other@club.example")
    assert refused.value.code == "has_account"
    with pytest.raises(Refused) as refused:
        open_account(by=club.administrator, person_id=person.pk, email=" ")
    assert refused.value.code == "no_address"


def test_a_secretary_makes_no_administrator(club: Club) -> None:
    [person] = register_persons(by=club.secretary, people=[NewPerson("Zoe Zimmer")])
    with pytest.raises(Refused) as refused:
        open_account(by=club.secretary, person_id=person.pk, email="zoe@club.example", is_administrator=True)
    assert (refused.value.code, refused.value.status) == ("no_right", 403)
    assert open_account(by=club.secretary, person_id=person.pk, email="zoe@club.example").pk


def test_no_contact_data_enters_the_book(club: Club) -> None:
    assert not [entry for entry in Entry.objects.all() if "@" in (entry.facts_text or "")]


def test_a_closed_account_has_no_password_and_is_told_in_the_book(club: Club) -> None:
    account = account_of("Eva Egger")
    account.set_password("correct horse battery")
    account.save()
    closed = close_account(by=club.administrator, account_id=account.pk)
    assert not closed.is_active
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    entry = Entry.objects.latest("pk")
    assert sentence(entry) == "The account of Eva Egger was closed."
    with pytest.raises(Refused) as refused:
        close_account(by=club.administrator, account_id=account.pk)
    assert refused.value.code == "account_closed"


def test_a_closed_account_can_be_opened_again_without_its_old_password(club: Club) -> None:
    account = account_of("Eva Egger")
    close_account(by=club.administrator, account_id=account.pk)
    assert reopen_account(by=club.administrator, account_id=account.pk).is_active
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    with pytest.raises(Refused) as refused:
        reopen_account(by=club.administrator, account_id=account.pk)
    assert refused.value.code == "account_open"
    assert sentence(Entry.objects.latest("pk")) == "The account of Eva Egger was opened again."


def test_the_last_administrator_cannot_be_closed_nor_anybody_by_themselves(club: Club) -> None:
    account = account_of("Eva Egger")
    Account.objects.filter(pk=account.pk).update(is_administrator=True)
    with pytest.raises(Refused) as refused:
        close_account(by=club.administrator, account_id=account.pk)
    assert refused.value.code == "last_administrator"
    from dataclasses import replace

    with pytest.raises(Refused) as refused:
        close_account(by=replace(club.administrator, account=account.pk), account_id=account.pk)
    assert refused.value.code == "own_account"
    assert Account.objects.get(pk=account.pk).is_active
