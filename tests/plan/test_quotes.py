"""Every quote in indicators.yaml stands in the plan's own text, white space aside."""

from __future__ import annotations

from pathlib import Path

from plancheck.plan import load
from tests.plan.small import INDICATORS

TEXT = Path(__file__).parents[1] / "data" / "huairou-2021-2025.txt"

PARAPHRASED = (
    "序号由6至8",  # what is missing cannot be quoted
    "无比较符号",
    "智慧校园、绿色学校、平安校园",  # three rows in one
)


def _plain(text: str) -> str:
    return "".join(text.split())


def test_every_indicator_quotes_the_plan() -> None:
    text = _plain(TEXT.read_text(encoding="utf-8"))
    quotes = {indicator.id: indicator.source.quote for indicator in load(INDICATORS).indicators.values()}
    assert {name: quote for name, quote in quotes.items() if _plain(quote) not in text} == {}


def test_every_ruling_quotes_the_plan() -> None:
    text = _plain(TEXT.read_text(encoding="utf-8"))
    quotes = [source.quote for ruling in load(INDICATORS).rulings for source in ruling.conflict]
    assert tuple(quote for quote in quotes if _plain(quote) not in text) == PARAPHRASED
