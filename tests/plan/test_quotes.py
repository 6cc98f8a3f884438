"""Every quote of the shipped plan stands in the plan's own text, white space aside: commitments, restatements, rulings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plancheck.model import Plan, Source

TEXT = Path(__file__).parents[1] / "data" / "huairou-2021-2025.txt"

PARAPHRASED = {
    "序号由6至8": "what is missing cannot be quoted",
    "无比较符号": "what is missing cannot be quoted",
    "智慧校园、绿色学校、平安校园": "three rows in one",
}


def _not_in_the_text(sources: Iterable[Source]) -> set[str]:
    text = _plain(TEXT.read_text(encoding="utf-8"))
    return {source.quote for source in sources if _plain(source.quote) not in text}


def _plain(text: str) -> str:
    return "".join(text.split())


def test_every_commitment_quotes_the_plan(huairou: Plan) -> None:
    assert _not_in_the_text(indicator.source for indicator in huairou.indicators.values()) == set()


def test_every_restatement_quotes_the_plan(huairou: Plan) -> None:
    restated = [again for indicator in huairou.indicators.values() for again in indicator.restated]
    assert _not_in_the_text(again.source for again in restated) == set()
    assert len(restated) == 12


def test_every_ruling_quotes_the_plan_but_for_what_cannot_be_quoted(huairou: Plan) -> None:
    assert _not_in_the_text(source for ruling in huairou.rulings for source in ruling.conflict) == PARAPHRASED.keys()


def test_a_quote_says_enough_to_be_found(huairou: Plan) -> None:
    """A commitment's words are a phrase of the plan, not a number that stands anywhere."""
    assert [one.id for one in huairou.indicators.values() if len(_plain(one.source.quote)) < 7] == []
