"""Whatever stands in a plan file, loading it gives a plan or `PlanUnusable`, and lint gives findings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plancheck.codes import hint, message
from plancheck.plan.lint import lint
from tests.plan.small import SMALL, faults, written

LINES = SMALL.splitlines(keepends=True)
PIECES = st.sampled_from(
    ["&a ", "*a", "!x ", ": ", "- ", "? ", "[", "]", "{", "}", ">", "|", '"', "'", "#", "\t", "\0", "---\n", "%", "：", "，", "“", "\u2028", "𠀀"]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The small plan with lines dropped, doubled or moved and stray pieces in it."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=40)) if draw(st.booleans()) else list(LINES)
    text = "".join(lines)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(PIECES) + text[place + draw(st.integers(0, 4)) :]
    return text


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode(errors="replace"))))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp(), content)
    assert faults(path)
    assert lint(path)


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_any_damage_to_a_plan(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.getbasetemp(), text)
    for finding in (*faults(path), *lint(path)):
        assert message(finding.code, finding.params, "zh")
        assert message(finding.code, finding.params, "en")
        assert hint(finding.code, finding.params, "en")
