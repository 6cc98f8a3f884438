"""The web page in a real browser: text, sorting, filtering, the keyboard, nothing fetched, nothing complained of.

Needs Chromium (Debian's package, or CHROMIUM=path): `pytest -m machine`. `.ci/run` installs it and runs this.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plancheck.cli import main
from tests.conftest import ROOT

if TYPE_CHECKING:  # the tests that need no browser are collected without playwright
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.machine

_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is not on this machine: apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district as a page, by the command line."""
    made = tmp_path_factory.mktemp("page") / "report.html"
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        arguments = ["run", "examples/returns.xlsx", "--as-of", "2024-01-15", "--output", str(made), "--lang", "zh"]
        assert main(arguments) == 1
        assert main([*arguments[:5], str(made.with_name("report.en.html")), "--lang", "en"]) == 1
    finally:
        os.chdir(here)
    return made


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The page opened at desktop width; it must ask for nothing but itself, and nothing may go wrong in it."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    opened.close()
    assert asked == [file.as_uri()]
    assert wrong == []


def _column(page: Page, at: int) -> list[str]:
    cells = page.locator("#table tbody tr:visible > :nth-child(" + str(at) + ")").all_inner_texts()
    return [" ".join(cell.split()) for cell in cells]


def test_the_table_stands_in_the_plans_order(page: Page) -> None:
    numbers = _column(page, 1)
    assert numbers[:16] == [str(no) for no in (*range(1, 7), *range(8, 18))]
    assert set(numbers[16:]) == {""}  # the text's commitments, which the plan does not number
    assert page.locator("h1").inner_text() == "“十四五”时期怀柔区教育事业发展行动计划"
    assert _column(page, 4)[5] == "97.96%"


def test_a_click_on_a_heading_sorts_by_amount_and_back(page: Page) -> None:
    heading = page.get_by_role("button", name="2020")
    heading.click()
    rising = _column(page, 3)
    assert rising[0] == "12%"  # as text 100% would come first
    assert rising[-4:] == ["-", "-", "-", "-"]  # nothing is never the least
    assert page.locator("#table th[aria-sort=ascending]").count() == 1
    heading.click()
    assert _column(page, 3)[0] == "100%"
    assert _column(page, 3)[-4:] == ["-", "-", "-", "-"]
    page.get_by_role("button", name="序号").click()
    assert _column(page, 1)[:3] == ["1", "2", "3"]


def test_searching_and_filtering_narrow_the_table(page: Page) -> None:
    tools = page.locator('.tools[data-for="table"]')
    tools.locator("input").fill("教师 比例")
    assert _column(page, 1) == ["8", "9", "10", "11"]
    assert tools.locator("output").inner_text() == f"4 / {page.locator('#table tbody tr').count()}"
    tools.locator("select").select_option("behind")
    assert _column(page, 1) == ["9", "10"]
    tools.locator("input").fill("")
    assert _column(page, 1) == ["9", "10", "17"]


def test_the_keyboard_reaches_and_sorts(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("button", name="指标", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.locator("#table th[aria-sort=ascending]").inner_text().startswith("指标")


def test_every_control_and_picture_has_a_name(page: Page) -> None:
    for control in page.locator("input, select").all():
        assert control.evaluate("each => each.labels.length") == 1
    for drawing in page.locator("svg").all():
        assert drawing.get_attribute("aria-label")


@pytest.mark.parametrize(("name", "width"), [("phone", 390), ("desktop", 1280)])
def test_the_page_fits_its_window(page: Page, name: str, width: int, tmp_path: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("details").first.evaluate("each => each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture = tmp_path / f"{name}.png"
    page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 20_000


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1000, 1100, 1280, 1600])
def test_no_column_slides_under_that_of_verdicts(browser: Browser, file: Path, lang: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((file if lang == "zh" else file.with_name("report.en.html")).as_uri())
    heads = [each.bounding_box() for each in page.locator("#table thead th:visible").all()]
    covered, verdict = heads[-2:]
    assert covered is not None and verdict is not None
    assert covered["x"] + covered["width"] <= verdict["x"] + 0.5
    page.close()


def test_a_phone_shows_the_last_value_beside_the_sign_without_moving(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    row = page.locator("#table tbody tr").nth(5)
    value = row.get_by_text("97.96%").bounding_box()
    assert value is not None
    assert value["x"] + value["width"] <= 390
    assert row.get_by_text("97%", exact=True).is_hidden()  # the baseline stands behind the indicator's name
    assert row.locator(".phone").is_visible()


def test_the_print_is_a4_landscape_with_everything_open(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".tools").first.is_hidden()
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
