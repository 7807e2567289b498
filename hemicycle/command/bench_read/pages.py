"""Web pages as newspapers and bodies publish them: one report each, among navigation, teasers, scripts and colophons.

They are made anew in every run from a fixed seed, so that every run measures the same pages.
"""

from dataclasses import dataclass
from html import escape
from random import Random

WHO = ("The Council", "The Assembly", "The Congress", "The Board", "The Senate", "The Central Committee", "The Synod")
CHAIRS = ("Ada Lindqvist", "Kofi Brandt", "Mara Osei", "Jonas Petrie", "Leila Torvald", "Emil Sato")
MATTERS = (
    "the drainage of the lower town",
    "the accounts of the past year",
    "the training of young mechanics",
    "the price of school meals",
    "the repair of the northern bridge",
    "the supply of seed potatoes",
    "the hours of the public library",
    "the rules for short-term lets",
)
UNITS = ("the works department", "the treasurer", "the regional branches", "the school board", "the harbour office")
FRAMES = (
    "{who} discussed {matter} and heard {chair}, who reported on what had been done since the spring.",
    "{chair} presented a report on {matter} and answered nineteen questions from the floor.",
    "A motion on {matter} was carried by {many} votes to {few}, with three abstentions.",
    "{unit} was instructed to bring a plan for {matter} before the next meeting.",
    "A proposal to put off {matter} until the autumn was lost by {few} votes to {many}.",
    "“Nobody can eat a promise about {matter},” said {chair}, to laughter and some applause.",
    "Members criticised {unit} for the delay in {matter}, and asked for an account within thirty days.",
    "{who} unanimously approved the guidelines for {matter} and thanked the volunteers.",
    "Speakers from {many} branches took the floor, and others handed in their contributions in writing.",
    "The weather, which had kept some of the delegates on the road, was not on the agenda.",
)
TEASERS = (
    "Ferry line saved for another year after a night of talks",
    "Bus drivers elect a new chair at their annual meeting",
    "Opinion: what a committee cannot say about pensions",
    "In pictures: the flower market opens its doors again",
    "Why the price of bread will stay where it is until June",
    "Chess: a quiet draw decides the league in the last round",
    "Council of neighbours to meet again about the old mill",
    "Five things to know about the new timetable of the trams",
)
SIZES = (30_000, 150_000)


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and the article that was put into it."""

    name: str
    html: bytes
    article: str


def made(count: int, seed: int = 4) -> list[Made]:
    """Return so many pages, of three layouts and of 30 to 150 KB."""
    random = Random(seed)  # noqa: S311  # No secret hangs on it; the same pages every time do.
    return [page(random, number) for number in range(count)]


def page(random: Random, number: int) -> Made:
    """Make one page."""
    paragraphs = [paragraph(random) for _ in range(random.randint(8, 40))]
    day = random.randint(1, 28)
    paragraphs[0] = (
        f"KARESH, {day} May 2021 – {random.choice(WHO)} of Karesh met on Tuesday in the Guildhall, with "
        f"{random.choice(CHAIRS)} in the chair, to deal with {random.choice(MATTERS)}. {paragraphs[0]}"
    )
    title = f"{random.choice(WHO)} deals with {random.choice(MATTERS)}"
    body = (semantic, soup, tables)[number % 3](random, title, paragraphs)
    aim = random.randint(*SIZES)
    head = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Karesh Post</title>{styles(random)}"
    )
    rest = aim - len(head) - len(body)
    filler = "".join(scripts(random, rest // 2))
    tail = "".join(more(random, max(rest - len(filler), 0)))
    html = f"{head}</head><body>{menu(random)}{body}{tail}{filler}{foot()}</body></html>"
    return Made(f"page{number:04}.html", html.encode(), " ".join(paragraphs))


def paragraph(random: Random) -> str:
    """Make a paragraph of the report."""
    return " ".join(sentence(random) for _ in range(random.randint(2, 5)))


def sentence(random: Random) -> str:
    """Make a sentence of the report."""
    said = random.choice(FRAMES).format(
        who=random.choice(WHO),
        chair=random.choice(CHAIRS),
        matter=random.choice(MATTERS),
        unit=random.choice(UNITS),
        many=random.randint(40, 300),
        few=random.randint(2, 39),
    )
    return said[0].upper() + said[1:]


def semantic(random: Random, title: str, paragraphs: list[str]) -> str:
    """The article as the standard would have it, with an advertisement and a caption inside."""
    inner = [f"<p class=text>{escape(text)}</p>" for text in paragraphs]
    inner.insert(2, "<aside class=ad><p>ADVERTISEMENT</p><p>Sleep better on wool: duvets now 30% off.</p></aside>")
    inner.insert(4, "<figure><img src=a.jpg><figcaption>Members on the stairs. Photo: I. Post</figcaption></figure>")
    return f"<main><article><h1>{title}</h1><p class=byline>By our staff</p>{''.join(inner)}</article></main>"


def soup(random: Random, title: str, paragraphs: list[str]) -> str:
    """The article in nested boxes with names that say little."""
    inner = "".join(f"<div class=c{random.randint(1, 99)}><span>{escape(text)}</span></div>" for text in paragraphs)
    return f"<div id=w><div class=x><div><h2>{title}</h2><div class=d>Posted yesterday</div>{inner}</div></div></div>"


def tables(random: Random, title: str, paragraphs: list[str]) -> str:
    """The article in the middle cell of a table, as at the turn of the century."""
    inner = "<p>".join(escape(text) for text in paragraphs)
    left = "<br>".join(f"<a href=/{number}.htm>{random.choice(TEASERS)}</a>" for number in range(12))
    return f"<table width=100%><tr><td width=150>{left}</td><td><h3>{title}</h3><p>{inner}</td></tr></table>"


def menu(random: Random) -> str:
    """Navigation of two levels."""
    parts = ("Home", "Politics", "Town", "Sport", "Weather", "Letters", "Notices", "Archive")
    inner = "".join(
        f"<li><a href=/{part.lower()}/>{part}</a><ul>"
        + "".join(f"<li><a href=/{part.lower()}/{year}/>{part} {year}</a></li>" for year in range(2008, 2022))
        + "</ul></li>"
        for part in random.sample(parts, len(parts))
    )
    return f"<header><a href=/>Karesh Post</a><nav><ul>{inner}</ul></nav></header>"


def styles(random: Random) -> str:
    """Style sheets inside the page."""
    rules = (
        f".c{number}{{margin:{random.randint(0, 40)}px;color:#{random.randint(0, 999):03}}}" for number in range(200)
    )
    return f"<style>{''.join(rules)}</style>"


def scripts(random: Random, size: int) -> list[str]:
    """Scripts inside the page, of some size together."""
    parts: list[str] = []
    length = 0
    while length < size:
        numbers = ",".join(str(random.randint(0, 9999)) for _ in range(400))
        parts.append(f'<script>window.q=(window.q||[]).concat([{numbers}]);var t="<p>No article</p>";</script>')
        length += len(parts[-1])
    return parts


def more(random: Random, size: int) -> list[str]:
    """Teasers, many of them twice, of some size together."""
    parts = ["<section class=more><h2>More from the Karesh Post</h2>"]
    length = 0
    while length < size:
        said, number = random.choice(TEASERS), random.randint(1, 40)
        parts.append(
            f"<div class=card><a href=/s/{number}><img src=/i/{number}.jpg alt=''><h3>{said}</h3></a>"
            f"<p>{said}, it was said on Monday, and others expect that it will be so for…</p>"
            f"<time>May {number}</time></div>"
        )
        length += len(parts[-1])
    return [*parts, "</section>"]


def foot() -> str:
    """The colophon."""
    return "<footer><p>© 2021 Karesh Post. Editor: P. Lund. Terms, privacy, contact.</p></footer>"
