"""A formula made shorter has the same values as it had."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from plancheck.expression import Node, parse
from plancheck.judge.evaluate import Values, evaluate
from plancheck.judge.folding import NO, UNKNOWN, YES, folded

COLUMNS: Mapping[str, Values] = {
    "y": [True] * 3,
    "n": [False] * 3,
    "u": [None] * 3,
    "a": [1, 0, None],
    "b": [True, False, None],
}
SAME: Mapping[str, Node] = {"y": YES, "n": NO, "u": UNKNOWN}


@pytest.mark.parametrize(
    ("formula", "shorter"),
    [
        ("a", None),
        ("not y", NO),
        ("not n", YES),
        ("not u", UNKNOWN),
        ("not b", None),
        ("b and n", NO),
        ("b or y", YES),
        ("y and y", YES),
        ("n or n", NO),
        ("u and y", UNKNOWN),
        ("u or u", UNKNOWN),
        ("u and n", NO),
        ("b and y", None),
        ("b or u", None),
        ("if(y, a, 7)", parse("a")),
        ("if(n, a, 7)", parse("7")),
        ("if(u, 1, 2)", UNKNOWN),
        ("if(b, a, 2)", None),
        ("if(y, 1, 0) + if(n, 1, 0) == 1", YES),
        ("if(y, 1, 0) + if(y, 1, 0) == 1", NO),
        ("a + u > 1", UNKNOWN),
        ("a == 1", None),
        ("max(a, if(y, 1, 0)) > 0", None),
        ("a in [1, 2]", None),
    ],
)
def test_a_shorter_formula(formula: str, shorter: Node | None) -> None:
    node = parse(formula)
    found = folded(node, SAME.get)
    if shorter is not None:
        assert repr(found).replace(f"at={formula.find('a')}", "at=0") == repr(shorter)
    before, after = (evaluate(each, COLUMNS.__getitem__, 3) for each in (node, found))
    assert [None if value is None else bool(value) for value in after] == [
        None if value is None else bool(value) for value in before
    ]
