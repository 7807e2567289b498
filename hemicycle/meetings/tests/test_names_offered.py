"""A field for a person offers how everybody is called, and takes each of these names for one person."""

import html
import re

from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import names_offered, person_named
from hemicycle.demo.club import Club
from hemicycle.meetings.forms import AccreditForm
from hemicycle.meetings.tests.world import signed_in, under_way


def offered(page: str) -> list[str]:
    found = re.search(r'<datalist id="names">(.*?)</datalist>', page, re.DOTALL)
    assert found
    return [html.unescape(name) for name in re.findall(r'value="([^"]*)"', found[1])]


def namesake(club: Club) -> Person:
    one = club.members[2]
    return Person.objects.create(name=one.name, sort_name=one.sort_name, slug="another-one")


def test_every_name_that_is_offered_is_one_person(club: Club) -> None:
    other = namesake(club)
    names = names_offered(Person.objects.all())
    assert [person_named(name) for name in names] == list(Person.objects.order_by("sort_name", "pk"))
    assert f"{other.name} (another-one)" in names
    assert club.members[3].name in names


def test_a_name_of_two_alone_is_nobody_and_the_field_says_what_to_do(club: Club) -> None:
    other = namesake(club)
    form = AccreditForm({"person": other.name, "capacity": "observer", "mode": "in person"})
    assert "Choose one of the names that the field offers." in str(form.errors["person"])


def test_a_name_in_other_letters_is_the_same_name(club: Club) -> None:
    assert person_named(f" {club.members[3].name.upper()} ") == club.members[3]


def test_the_fields_for_a_person_offer_names_to_choose_from(club: Club) -> None:
    gathering = under_way(club)
    desk = signed_in(club.members[0])
    for address, one in (
        (f"/en/sittings/{gathering.sitting.pk}/accredit/", club.outsider),
        (f"/en/sittings/{gathering.sitting.pk}/chair/", club.members[4]),
        (f"/en/items/{gathering.first.pk}/report/", club.members[4]),
        (f"/en/items/{gathering.first.pk}/motions/table/", club.members[4]),
    ):
        page = desk.get(address)
        assert page.status_code == 200, address
        assert one.name in offered(page.content.decode()), address
