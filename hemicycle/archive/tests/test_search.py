"""Imported passages are found by what sort they are, repaired, and each by its permanent link."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.archive.models import Passage
from hemicycle.archive.queries.searchable import searchable_passages
from hemicycle.archive.tests.world import DAILY, FINAL, imported, read
from hemicycle.demo.club import Club
from hemicycle.search.find import search
from hemicycle.search.follower import catch_up
from hemicycle.search.index import rebuild
from hemicycle.voting.tests.test_pages import as_person


def reader_of(club: Club) -> Viewer:
    return Viewer(organisation=True, bodies=frozenset({club.body.book_id}))


def test_passages_are_found_by_their_words_and_their_sort(club: Club) -> None:
    report = imported(club)
    catch_up()
    viewer = reader_of(club)
    (hit,) = search(viewer, "slipways", kind="criticism").hits
    passage = Passage.objects.get(sort="criticism")
    assert hit.address == f"/archive/sources/{report.source_id}/?at={passage.start}-{passage.end}#at"
    assert "slipways" in FINAL[passage.start : passage.end]
    assert "<mark>slipways</mark>" in hit.snippet
    assert search(viewer, "timber", kind="archivedtask").total == 1
    assert search(viewer, "resolution", kind="archiveddecision").total == 1
    assert search(viewer, "ferry", kind="teaser").total == 1
    assert search(viewer, "ferry", kind="passage").total == 0
    assert search(viewer, "plenary", kind="archivedmeeting").total == 1
    assert search(viewer, "slipways", year=2019, body=club.body.book_id).total == 1
    assert search(viewer, "slipways", year=2018).total == 0
    assert search(PUBLIC, "slipways").total == 0


def test_what_was_not_imported_is_not_found(club: Club) -> None:
    read(club)
    catch_up()
    assert search(reader_of(club), "slipways").total == 0


def test_an_index_made_anew_holds_the_same(club: Club) -> None:
    imported(club, access="public")
    rebuild()
    assert search(PUBLIC, "slipways").total == 1


def test_the_index_asks_for_each_page_once(club: Club, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    imported(club)
    imported(club, DAILY, "courier.txt", apart=True)
    keys = list(Passage.objects.values_list("pk", flat=True))
    with django_assert_num_queries(8):
        found = list(searchable_passages(keys))
    assert len(found) == len(keys) > 10


def test_a_hit_leads_to_its_passage(club: Club) -> None:
    imported(club)
    catch_up()
    client: Client = as_person(club.members[5])
    answer = client.get("/en/search/", {"q": "slipways", "kind": "criticism"})
    (hit,) = search(reader_of(club), "slipways").hits
    assert f'href="/en{hit.address}"' in answer.content.decode()
    page = client.get(f"/en{hit.address.partition('#')[0]}").content.decode()
    assert 'id="at"' in page
    assert "said--at" in page


def test_passages_are_narrowed_by_term_sector_and_person_in_an_office(club: Club) -> None:
    imported(club)
    catch_up()
    viewer = reader_of(club)
    assert search(viewer, "timber", term=2).total == 1
    assert search(viewer, "timber", term=3).total == 0
    assert search(viewer, "", sector="agricultural").total == search(viewer, "timber", kind="archivedtask").total + 1
    assert search(viewer, "", sector="fishing").total == 0
    assert search(viewer, "slipways", person="Quill", office="chairwoman").total == 1
    assert search(viewer, "slipways", person="quill").total == search(viewer, "slipways", office="league").total == 1
    assert search(viewer, "slipways", person="Quill", office="treasurer").total == 0
    assert search(viewer, "slipways", person="Reed").total == 0
    assert search(viewer, "", office="chairwoman", kind="archivedmeeting").total == 1


def test_the_page_of_search_narrows_and_keeps_what_was_asked(club: Club) -> None:
    imported(club)
    catch_up()
    client: Client = as_person(club.members[5])
    asked = {"q": "slipways", "term": "2", "person": "Quill", "office": "chairwoman", "sector": ""}
    page = client.get("/en/search/", asked).content.decode()
    assert "1 was found" in page
    assert '<details class="more" open>' in page
    assert 'value="chairwoman"' in page
    assert "1 was found" not in client.get("/en/search/", asked | {"term": "7"}).content.decode()
    assert client.get("/en/search/", {"term": "many", "person": "\0", "office": "x" * 500}).status_code == 200


def test_a_success_is_called_one_and_a_teaser_comes_last(club: Club) -> None:
    told = "New ferry, ferry, ferry: this year the ferry slips of the north were built as the league had decided."
    report = imported(club, FINAL.replace("-0-", f"{told}\n\n-0-"))
    passage = Passage(
        report=report, ordinal=999, sort="success", line=1, start=0, end=9, text="New ferry", repaired="New ferry"
    )
    passage.save()
    (thing,) = searchable_passages([passage.pk])
    assert thing.kind == "success claimed in an archived report"
    rebuild()
    nouns = [hit.noun for hit in search(reader_of(club), "ferry").hits]
    assert nouns[-1] == "teaser"
    assert nouns.count("teaser") < len(nouns)


def test_the_archive_is_reached_from_the_bodies_and_from_search(client: Client, club: Club) -> None:
    for address in ("/en/bodies/", "/en/search/"):
        assert 'href="/en/archive/">Meetings of the past' in client.get(address).content.decode()
