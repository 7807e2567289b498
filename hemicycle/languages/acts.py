"""Acts on languages: a body chooses those in which it works, and what its texts say in them is entered."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.languages.models import Translation
from hemicycle.languages.naming import is_known, name_of
from hemicycle.languages.originals import Original, original_of
from hemicycle.languages.queries import languages_of, stands_as
from hemicycle.languages.rules import MOST, digest_of_words
from hemicycle.languages.words import Kind


def choose_languages(*, by: Actor, body_id: int, languages: Sequence[str], happened: Happened | None = None) -> Body:
    """Choose the languages into which a body's texts are translated, beside its own, which stays the authentic one.

    Raises:
        Refused: a language is not known, stands there twice or is the body's own, there are more than four, or nothing
            would change.
    """
    with act(Kind.LANGUAGES_CHOSEN, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        if by.capacity != Capacity.ADMINISTRATOR:
            within(by, body.book_id)
        chosen = list(languages)
        refuse_unfit(body, chosen)
        if languages_of(body)[1:] == chosen:
            raise Refused("nothing_changed", _("These are the languages already. Nothing was entered."), status=422)
        entry.update(body, languages=chosen)
        entry.record(
            subjects=[body],
            access=Access.PUBLIC,
            facts={"body": body.name, "own": body.language, "languages": chosen},
        )
    return body


def refuse_unfit(body: Body, chosen: Sequence[str]) -> None:
    """Refuse a list of languages in which something cannot stand."""
    for tag in chosen:
        if not is_known(tag):
            raise Refused(
                "unknown_language",
                _("“%(tag)s” is no language that is known here. Choose one from the list.") % {"tag": tag[:40]},
                status=422,
                field="languages",
            )
    if body.language in chosen:
        raise Refused(
            "own_language",
            _("%(language)s is the language of the body itself. Choose others beside it.")
            % {"language": name_of(body.language)},
            status=422,
            field="languages",
        )
    if len(set(chosen)) < len(chosen) or len(chosen) > MOST:
        raise Refused(
            "languages_twice",
            _("Each language stands here once, and there are at most %(most)d.") % {"most": MOST},
            status=422,
            field="languages",
        )


def translate(
    *,
    by: Actor,
    noun: str,
    key: int,
    language: str,
    texts: Mapping[str, str],
    happened: Happened | None = None,
) -> list[Translation]:
    """Enter what the texts of a row say in another language: an item's title, a motion, a question, a conclusion.

    The original stays the authentic text. Parts that are left out or empty, and those that stand there already word for
    word, are not entered. When the original is changed, its translations are out of date by themselves.

    Raises:
        Refused: there is no such text, the body does not work in the language or it is the text's own, nothing new is
            said, or the vote on it is open and it was already worded in this language.
    """
    with act(Kind.TEXT_TRANSLATED, by=by, happened=happened) as entry:
        original = original_of(noun, key)
        if original is None:
            raise Refused("no_such_text", _("There is no text here that could be translated."), status=422)
        within(by, original.book)
        body = Body.objects.get(book=original.book)
        refuse_language(original, languages_of(body), language)
        said = {part: text.strip() for part, text in texts.items() if text.strip()}
        before = stands_as(original, body, language)
        new = {part: text for part, text in said.items() if before.get(part) != text}
        refuse_texts(original, said, new, before)
        made = entry.create_many(
            Translation,
            [
                Translation(
                    book_id=original.book,
                    subject=original.subject,
                    part=part,
                    original_language=original.language,
                    original_digest=digest_of_words(original.texts[part]),
                    language=language,
                    text=text,
                    made=entry.when,
                    access=original.access,
                    scope=original.scope,
                )
                for part, text in new.items()
            ],
        )
        entry.record(
            subjects=original.subjects,
            access=original.access,
            scope=original.scope,
            facts={
                "called": original.called,
                "language": language,
                "authentic": original.language,
                "parts": sorted(new),
                **original.beside,
            },
        )
    return made


def refuse_language(original: Original, working: Sequence[str], language: str) -> None:
    """Refuse a language in which a text cannot have a translation."""
    if language == original.language:
        raise Refused(
            "own_language",
            _("The text itself is in %(language)s. It is changed where it stands, not translated.")
            % {"language": name_of(language)},
            status=422,
            field="language",
        )
    if language not in working:
        raise Refused(
            "other_language",
            _("This body works in %(languages)s, not in %(language)s. Choose its languages on its page first.")
            % {
                "languages": ", ".join(name_of(tag) for tag in working),
                "language": name_of(language[:40]),
            },
            status=422,
            field="language",
        )


def refuse_texts(
    original: Original, said: Mapping[str, str], new: Mapping[str, str], before: Mapping[str, str]
) -> None:
    """Refuse texts that belong to no part, say nothing new, or change what is being voted on."""
    if said.keys() - original.texts.keys():
        raise Refused(
            "text_changed",
            _("The text was changed meanwhile, and a part of it is gone. Open the page again and compare."),
        )
    if not said:
        raise Refused("no_text", _("Write what at least one part says in this language."), status=422)
    if not new:
        raise Refused("nothing_changed", _("It says just this already. Nothing was entered twice."), status=422)
    if original.fixed and new.keys() & before.keys():
        raise Refused(
            "vote_open",
            _("The vote on it is open. What is asked no longer changes, in no language. Wait until it is closed."),
        )
