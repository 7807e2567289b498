"""What the tests of meetings share: files in a place of their own, and the secretary at the desk."""

from pathlib import Path

import pytest
from django.test import Client

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.demo.club import Club
from hemicycle.meetings.tests.world import Gathering, convened, signed_in


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(club: Club) -> Client:
    return signed_in(club.members[1])


@pytest.fixture
def gathering(club: Club) -> Gathering:
    return convened(club)


@pytest.fixture
def delegates(club: Club) -> list[Person]:
    names = ["Dea Dorn", "Dio Dorn", "Alf Arndt", "Amy Arndt", "Abe Arndt"]
    return register_persons(by=club.administrator, people=[NewPerson(name) for name in names])
