"""How the faces stand on their screens: what is to be pressed is in reach, nothing is covered, nothing contradicts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.house import HALL, LAPTOP, PHONE, House, running
from tests.world import World, copied

pytestmark = pytest.mark.browser

LYING_PHONE: ViewportSize = {"width": 844, "height": 390}
ZOOMED_LAPTOP: ViewportSize = {"width": 640, "height": 400}
BAR = """() => {
  const bar = document.querySelector('.floor__mine').getBoundingClientRect();
  return { top: bar.top, below: innerHeight - bar.bottom, share: bar.height / innerHeight };
}"""


@pytest.fixture(scope="module")
def house(chromium: Browser, federation_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A copy of the demo federation, open to visitors."""
    with (
        copied(federation_template, tmp_path_factory.mktemp("layout") / "data") as world,
        running(world, chromium, {}) as house,
    ):
        yield house


@pytest.fixture(autouse=True)
def windows(house: House) -> Iterator[None]:
    """Close the windows after each trial."""
    yield
    house.leave()


def opened(house: House, part: str, face: str, size: ViewportSize) -> Page:
    """Open a face of the meeting in progress as a part of the demo."""
    page = house.visit(size=size)
    if part:
        page.goto("/en/demo/")
        page.locator("form", has=page.locator(f"[name=part][value={part}]")).get_by_role("button").click()
    page.goto("/en/")
    meeting = page.locator(".card--now .card__title a").first.get_attribute("href")
    page.goto(f"{meeting}{face}")
    return page


@pytest.mark.parametrize("size", [PHONE, LYING_PHONE, ZOOMED_LAPTOP, LAPTOP])
def test_an_open_vote_is_in_reach_without_scrolling_and_leaves_room_to_read(house: House, size: ViewportSize) -> None:
    page = opened(house, "delegate", "floor/", size)
    for word in ("For", "Against", "Abstain"):
        expect(page.get_by_role("button", name=word)).to_be_in_viewport(ratio=1)
    bar = page.evaluate(BAR)
    assert abs(bar["below"]) <= 1
    assert bar["share"] < 0.5
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = page.locator(".floor__now > :last-child").bounding_box()
    assert last
    assert last["y"] + last["height"] <= page.evaluate(BAR)["top"]


def test_however_little_there_is_to_read_the_bar_stands_at_the_lower_edge(house: House) -> None:
    page = opened(house, "observer", "floor/", PHONE)
    page.evaluate("document.querySelector('.floor__now').replaceChildren()")
    assert abs(page.evaluate(BAR)["below"]) <= 1


def test_a_hall_screen_fills_its_screen_and_not_a_line_more(house: House) -> None:
    page = opened(house, "delegate", "screen/", HALL)
    expect(page.locator(".screen__band").get_by_text("Voting is open")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


LONG = "Shall the resolution on the common seed library of all regions and their local co-operatives be adopted?"
LINES = """(text) => {
  const title = document.querySelector('.screen__title');
  title.textContent = text;
  title.className = 'screen__title';
  document.querySelector('.screen__beside')?.replaceWith(title);
  const style = getComputedStyle(title), inside = title.clientHeight - parseFloat(style.paddingBottom);
  return inside / parseFloat(style.lineHeight);
}"""


@pytest.mark.parametrize("size", [HALL, LAPTOP])
def test_no_line_of_a_long_question_is_cut_in_two_in_the_hall(house: House, size: ViewportSize) -> None:
    page = opened(house, "delegate", "screen/", size)
    expect(page.locator(".screen__band").get_by_text("Voting is open")).to_be_visible()
    lines = page.evaluate(LINES, LONG)
    assert lines == pytest.approx(3, abs=0.05)
    main = page.locator(".screen__main")
    assert main.evaluate("main => main.scrollHeight <= main.clientHeight")


def test_a_public_page_that_follows_says_one_thing_from_top_to_bottom(house: House) -> None:
    public = opened(house, "", "", LAPTOP)
    expect(public.locator("#record").get_by_text("The vote is open")).to_be_visible()
    public.locator("#record details").first.evaluate("part => part.open = true")
    desk = opened(house, "chair", "desk/", LAPTOP)
    for step in ("Close the vote", "Declare the result"):
        desk.locator(".next__step").get_by_role("button", name=step).click()
        expect(desk.locator(".next__step").get_by_role("button", name=step)).to_have_count(0)
    expect(public.locator(".now .outcome__word")).to_be_visible()
    word = public.locator(".now .outcome__word").inner_text().strip("✓✕ \n")
    expect(public.locator("#record section", has=public.locator("#votes"))).to_contain_text(word)
    expect(public.locator("#record").get_by_text("The vote is open")).to_have_count(0)
    expect(public.locator("#record details").first).to_have_attribute("open", "")
