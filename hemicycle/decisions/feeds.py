"""Feeds of decisions, as readers of news and other programs take them: Atom (RFC 4287) and JSON Feed 1.1.

A decision never changes once it is certified, so that is also when it was last brought up to date. What stands in a
feed is known for good by a UUID made of its book's and its number; addresses can change, it does not.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries.feeds import Feed, key_of
from hemicycle.journal.printable import printable

JSON_FEED = "https://jsonfeed.org/version/1.1"
# Of a feed in which nothing stands yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class InLanguages(Atom1Feed):
    """An Atom feed in which each entry says in which language it is written."""

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        """Return the attributes of an entry."""
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed, which is never the moment at which it is asked for."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Say also where the register stands that the feed is taken from."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Hemicycle")


def as_atom(feed: Feed, house: str, page: str, own: str) -> str:
    """Return a feed in Atom. `house`: where this house is; `page`: its register; `own`: the feed's own address."""
    made = InLanguages(
        title=title_of(feed),
        link=house + page,
        description=None,
        author_name=feed.name,
        feed_url=house + own,
        feed_guid=feed.key.urn,
    )
    for one in feed.decisions:
        made.add_item(
            title=printable(one.title),
            link=house + page_of(one),
            description=printable(text_of(one)),
            unique_id=key_of(one).urn,
            pubdate=one.certified,
            updateddate=one.certified,
            author_name=one.body.name,
            categories=[one.type],
            language=one.language,
        )
    return str(made.writeString("utf-8"))


def as_json_feed(feed: Feed, house: str, page: str, own: str) -> dict[str, object]:
    """Return a feed as JSON Feed has it, with the same addresses."""
    return {
        "version": JSON_FEED,
        "title": title_of(feed),
        "home_page_url": house + page,
        "feed_url": house + own,
        "authors": [{"name": feed.name}],
        "items": [
            {
                "id": key_of(one).urn,
                "url": house + page_of(one),
                "title": one.title,
                "content_html": text_of(one),
                "date_published": one.certified.isoformat(),
                "date_modified": one.certified.isoformat(),
                "authors": [{"name": one.body.name}],
                "tags": [one.type],
                "language": one.language,
            }
            for one in feed.decisions
        ],
    }


def page_of(decision: Decision) -> str:
    """Return where a decision stands, in the language of the feed."""
    return reverse("decisions:decision", args=[decision.body.slug, decision.number])


def title_of(feed: Feed) -> str:
    """Return what a feed is called."""
    return _("Decisions: %(name)s") % {"name": feed.name}


def text_of(decision: Decision) -> str:
    """Return the text of a decision with its points."""
    said = format_html("<p>{}</p>", decision.text) if decision.text else ""
    points = format_html_join("", "<li>{}</li>", ((point.text,) for point in decision.points.all()))
    return format_html("{}{}", said, format_html("<ol>{}</ol>", points) if points else "")
