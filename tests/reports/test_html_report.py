"""The web page: one file that asks for nothing, says what there is, and lets no school's text become markup."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from plancheck.language import LANGS, Lang
from plancheck.model import Otherwise
from plancheck.reports import html_report
from tests.reports import rich
from tests.reports.fixture import CLEAR_SCREEN, FORMULA


class Seen(HTMLParser):
    """What a browser would find: tags in order, attributes, texts outside scripts and styles."""

    VOID = frozenset(("meta", "br", "input", "path", "rect", "circle"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what stands in it."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is closed at once."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Hold a closing tag against the one that is open."""
        if tag not in self.VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not self._open or self._open[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All the texts as one, white space folded."""
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(params=LANGS)
def page(request: pytest.FixtureRequest) -> tuple[Lang, str, Seen]:
    made = html_report.render(rich.assessment(), request.param)
    return request.param, made, Seen(made)


def test_the_page_holds_each_indicator_with_its_figures(page: tuple[Lang, str, Seen]) -> None:
    lang, _, seen = page
    wanted = {
        "zh": ("试验区教育计划", "学前教育入园率", "98.80%", "10892 / 11024", "↘ 滞后", "差 8 人", "38/38", "豁免", "努力方向"),
        "en": ("Trial plan", "Preschool enrolment", "98.80%", "10892 / 11024", "↘ behind", "8 people", "38/38", "waived"),
    }  # fmt: skip
    for text in wanted[lang]:
        assert text in seen.text


def test_each_indicator_tells_where_it_is_said_again_and_what_would_close_its_gap(page: tuple[Lang, str, Seen]) -> None:
    lang, _, seen = page
    wanted = {
        "zh": (
            "重复表述 二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）",
            "缺报影响 缺报补齐后为 95% 至 97%；结论不变",
            "补足差距 第 1 个达到目标即可补足差距；不计第 1 个则为 96.80%",
        ),
        "en": (
            "Said again 二（三）3: “学历人员比例超过96%” (by it, 超过96%: met)",
            "Bounds with all returns between 95% and 97%; the verdict stands",
            "To close it the first at the target would close the gap; without the first: 96.80%",
        ),
    }
    for text in wanted[lang]:
        assert seen.text.count(text) == 1


def test_groups_stand_with_their_indicator_and_how_far_they_lie_apart(page: tuple[Lang, str, Seen]) -> None:
    lang, _, seen = page
    wanted = {
        "zh": "分组 分组 数值 差距 覆盖 结论 [2J山区 95% 差 60 人 20/20 ↘ 滞后 仅供参考 组间：95%（山区）至 99%（平原）；差异系数 0.021",
        "en": "By group Group Value Gap Cover Verdict [2J山区 95% 60 people 20/20 ↘ behind advisory "
        "spread: 95% (hills) to 99% (plain); coefficient of variation 0.021",
    }
    assert seen.text.count(wanted[lang]) == 1


def test_each_indicator_stands_under_its_part_of_the_document() -> None:
    made = html_report.render(rich.assessment(), "zh")
    below = made[made.index("逐项说明") :]
    order = [found[1] or found[2] for found in re.finditer(r"<h3>(.+?)</h3>|<details id=\"i-(\w+)\"", below)]
    assert order == [
        "专栏 主要指标", "enrolment", "fitness", "bachelor", "smart_rate", "二（三）目标", "disabled", "dual", "budget",
    ]  # fmt: skip


def test_every_row_can_be_reached_from_the_table(page: tuple[Lang, str, Seen]) -> None:
    _, _, seen = page
    ids = {value for _, name, value in seen.attributes if name == "id"}
    links = {value for tag, name, value in seen.attributes if (tag, name) == ("a", "href")}
    assert {link[1:] for link in links if link} <= ids
    assert len([each for each in ids if each and each.startswith("i-")]) == 7


def test_the_policy_names_the_only_style_and_script(page: tuple[Lang, str, Seen]) -> None:
    _, made, seen = page
    policy = next(value for _, name, value in seen.attributes if name == "content" and value and "src" in value)
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", made, re.DOTALL)
        digest = b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_the_page_asks_for_nothing_and_styles_nothing_inline(page: tuple[Lang, str, Seen]) -> None:
    _, made, seen = page
    names = {name for _, name, _ in seen.attributes}
    assert not names & {"src", "style", "srcset", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert "http:" not in made and "https:" not in made
    assert not set(seen.tags) & {"link", "iframe", "object", "img", "form", "base"}


def test_hostile_names_stay_text(page: tuple[Lang, str, Seen]) -> None:
    lang, made, seen = page
    assert "b" not in {tag for tag, _, _ in seen.attributes}  # <b> is written without attributes, by us alone
    assert "第二小学|<b>" in "".join(seen.texts) + "".join(value or "" for _, _, value in seen.attributes)
    assert "<b>" in made and "第二小学|<b>" not in made
    assert CLEAR_SCREEN not in made and "\x1b" not in made
    assert FORMULA in made  # harmless in a page
    assert lang in made


def test_several_years_stand_side_by_side_and_a_gap_breaks_the_line() -> None:
    base = rich.assessment()
    last = next(each for each in base.verdicts if each.indicator == "bachelor" and each.level == "district")
    earlier = [replace(last, period=year, value=value) for year, value in ((2020, 96), (2021, None))]
    several = replace(base, periods=(2020, 2021, 2022, 2023), verdicts=(*base.verdicts, *earlier))
    made = html_report.render(several, "zh")
    seen = Seen(made)
    assert "逐年结论" in seen.text
    drawn = made[made.index('<details id="i-bachelor"') :]
    figure = drawn[: drawn.index("</figure>")]
    assert figure.count('class="dot') == 2
    assert 'class="line"' not in figure  # 2020 and 2023 are not neighbours
    assert 'class="way"' in figure  # from 96 towards 97


def test_received_returns_are_drawn_by_stage() -> None:
    made = html_report.render(rich.assessment(), "zh")
    drawn = made[made.index("上报情况") :]
    assert ">1/1</text>" in drawn[: drawn.index("</figure>")]


@pytest.mark.parametrize("lang", LANGS)
def test_explanations_and_waivers_stand_on_the_page_as_text(lang: Lang) -> None:
    made = html_report.render(rich.assessment(), lang)
    text = Seen(made).text
    assert "=转学 <b>电话 13800138000" in text
    assert "试教字〔2023〕5号" in text and "李局长" in text
    assert "2023-09-01 – 2024-08-31" in text
    assert made.count('<table id="explained">') == 1
    none = replace(rich.assessment(), waivers=(), explanations=())
    assert 'id="explained"' not in html_report.render(none, lang)


def test_another_reading_and_a_waiver_stand_behind_their_indicators() -> None:
    base = rich.assessment()
    fitness = next(each for each in base.verdicts if each.indicator == "fitness" and each.level == "district")
    rounded = replace(fitness, otherwise=(Otherwise("rounding", fitness.target, "met"),))
    verdicts = tuple(rounded if each is fitness else each for each in base.verdicts)
    text = Seen(html_report.render(replace(base, verdicts=verdicts), "zh")).text
    assert "另一种口径 若先修约再比较：达标" in text
    assert "二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）" in text
    assert "豁免 豁免依据 试教字〔2023〕5号，至 2024-08-31" in text
