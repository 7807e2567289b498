"""Before a plenary: the languages are chosen, the Bureau refers a matter, members answer, and alternates are called."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from hemicycle.demo.story import Scene
from hemicycle.journal.act import Actor
from hemicycle.languages.acts import choose_languages, translate
from hemicycle.meetings.acts import accept_referral, answer_summons, receive_summons, refer_item
from hemicycle.meetings.models import AgendaItem, Referral
from hemicycle.meetings.models.mandates import AlternateCall

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary

# How many of those who come say so, and how many tell the desk that the letter has come.
ANSWERS, RECEIPTS = 14, 6


def calling(plenary: "Plenary") -> Iterator[Scene]:
    """Yield what comes before the agenda is made, and what follows the summons."""
    facts, hours = plenary.facts["meeting"], plenary.hours
    day = -facts["convened_days_before"]
    if languages := facts.get("languages"):
        yield Scene(hours.days_after(day, 9), partial(choose, plenary, languages))
    for number, item in enumerate(plenary.facts["item"]):
        if "referral" in item:
            yield Scene(hours.days_after(day, 9, 10 + number), partial(refer, plenary, item))
        for words in item.get("translation", ()):
            yield Scene(hours.days_after(-20, 11, number), partial(word_title, plenary, number, words))
    if facts.get("answers"):
        yield Scene(hours.days_after(-12, 16), partial(answers, plenary))


def choose(plenary: "Plenary", languages: list[str]) -> None:
    """Choose the languages in which the Council works beside its own."""
    choose_languages(by=plenary.desk(), body_id=plenary.world.bodies["council"].pk, languages=languages)


def at_the_bureau(plenary: "Plenary") -> Actor:
    """Return the Secretary of the Bureau."""
    bureau = plenary.world.bodies["bureau"]
    return plenary.world.acting(plenary.desk().name, "secretary", bureau.book_id, plenary.hours.day)


def refer(plenary: "Plenary", item: dict[str, Any]) -> None:
    """Let the Bureau refer an item to the Council."""
    refer_item(
        by=at_the_bureau(plenary),
        body_id=plenary.world.bodies["bureau"].pk,
        to_id=plenary.world.bodies["council"].pk,
        title=item["title"],
        note=item["referral"],
    )


def accept(plenary: "Plenary", item: dict[str, Any]) -> AgendaItem:
    """Take what the Bureau referred onto the agenda."""
    referral = Referral.objects.get(title=item["title"], accepted_as=None)
    return accept_referral(by=plenary.desk(), referral_id=referral.pk, meeting_id=plenary.meeting.pk)


def word_title(plenary: "Plenary", number: int, words: dict[str, str]) -> None:
    """Enter what the title of an item says in another language."""
    translate(
        by=plenary.desk(),
        noun="agendaitem",
        key=plenary.items[number].pk,
        language=words["language"],
        texts={"title": words["title"]},
    )


def answers(plenary: "Plenary") -> None:
    """Enter that some come, some from elsewhere, and that those whose seats alternates take send an apology."""
    there, people = plenary.attendance(), plenary.world.people
    coming = [name for names in plenary.members().values() for name in names if name not in there.absent]
    said = [(name, "remote" if name in there.remote else "coming") for name in coming[::6][:ANSWERS]]
    said += [(name, "apology") for name in sorted(there.sits_for.values())]
    for name, answer in said:
        answer_summons(by=plenary.desk(), meeting_id=plenary.meeting.pk, person_id=people[name].pk, coming=answer)
    notice = plenary.meeting.summonses.latest("sequence")
    for name in coming[1::9][:RECEIPTS]:
        receive_summons(by=plenary.desk(), summons_id=notice.pk, person_id=people[name].pk)


def called_instead(plenary: "Plenary") -> dict[str, str]:
    """Return which alternate was called for each member who sent an apology, by name."""
    calls = AlternateCall.objects.filter(meeting=plenary.meeting, withdrawn=None)
    return dict(calls.values_list("stands_for__name", "alternate__name"))
