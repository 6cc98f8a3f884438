"""YAML as it stands: no value changes, and what would change or grow is refused with its place."""

from __future__ import annotations

import pytest
import yaml

from plancheck.codes import message
from plancheck.plan.faults import Faults, Spot
from plancheck.plan.yaml_places import begin, node_at, spans
from plancheck.plan.yaml_problems import report_syntax
from plancheck.plan.yaml_tree import MOST_NODES, ListNode, MapNode, Node, TextNode, read_tree
from tests.plan.small import places


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers read alike; where libyaml is not there, the other one stands in."""
    if request.param == "pure Python":
        monkeypatch.delattr(yaml, "CSafeLoader")


def tree_of(text: str) -> Node:
    faults = Faults("")
    tree = read_tree(text, faults)
    assert faults.listed() == ()
    assert tree is not None
    return tree


def refused(text: str) -> list[tuple[str, str]]:
    faults = Faults("plan.yaml")
    read_tree(text, faults)
    return places(faults.listed())


@pytest.mark.parametrize(
    "written",
    [
        "1:17",
        "010",
        "0o17",
        "no",
        "on",
        "yes",
        "98.0",
        "0987654321",
        "1e3",
        "1_000",
        "~",
        "null",
        "2021-11-01",
        ".5",
        "<<",
        "=",
        "3+2",
    ],
)
def test_a_scalar_stays_the_text_it_is(written: str) -> None:
    tree = tree_of(f"{written}: {written}\n")
    assert isinstance(tree, MapNode)
    (entry,) = tree.entries.values()
    assert (entry.key.text, entry.value) == (written, TextNode(written, 1, len(written) + 3, lead=0))


def test_styles_are_told_apart_and_texts_know_where_they_begin() -> None:
    text = "a: 98\nb: \"98\"\nc: '98'\nd: |\n  98\ne: >8 # a remark\nf: >\n  98\ng: 'it''s'\n"
    tree = tree_of(text)
    assert isinstance(tree, MapNode)
    assert {key: entry.value for key, entry in tree.entries.items()} == {
        "a": TextNode("98", 1, 4, "plain", lead=0),
        "b": TextNode("98", 2, 4, "quoted", lead=1),
        "c": TextNode("98", 3, 4, "quoted", lead=1),
        "d": TextNode("98\n", 4, 4, "literal"),
        "e": TextNode("", 6, 4, "folded", header="8"),
        "f": TextNode("98\n", 7, 4, "folded"),
        "g": TextNode("it's", 9, 4, "quoted"),
    }


def test_a_character_of_a_text_has_its_own_place() -> None:
    assert TextNode("abc", 5, 10, lead=0).spot(2) == Spot(5, 12)
    assert TextNode("abc", 5, 10, "quoted", lead=1).spot(2) == Spot(5, 13)
    assert TextNode("it's", 5, 10, "quoted").spot(2) == Spot(5, 10)


def test_chinese_quotes_and_wide_characters_do_not_shift_columns() -> None:
    tree = tree_of("title: {zh: “十四五”时期, en: Plan}\n")
    assert node_at(tree, ("title", "zh")) == TextNode("“十四五”时期", 1, 13, lead=0)
    assert node_at(tree, ("title", "en")) == TextNode("Plan", 1, 26, lead=0)


def test_lists_mappings_and_empty_values() -> None:
    tree = tree_of("- a\n- [b, {c: }]\n-\n")
    assert tree == ListNode(
        (
            TextNode("a", 1, 3, lead=0),
            ListNode((TextNode("b", 2, 4, lead=0), node_at(tree, (1, 1))), 2, 3),
            TextNode("", 3, 2, lead=0),
        ),
        1,
        1,
    )
    empty = node_at(tree, (1, 1, "c"))
    assert isinstance(empty, TextNode)
    assert empty.empty
    assert begin(tree, (1, 1, "c")) == Spot(2, 8)
    assert begin(tree, (1,)) == Spot(2, 3)
    assert begin(tree, ()) == Spot(1, 1)
    assert spans(tree, ()) == {"": ((0, 0), (3, 2))}
    assert spans(tree, (0,)) == {"": ((1, 3), (1, 3))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("PC103", "3:1")]),
        ("{a: 1, 'a': 2}\n", [("PC103", "1:8")]),
        ("a: &x 1\n", [("PC104", "1:4")]),
        ("a: &x 1\nb: *x\n", [("PC104", "1:4"), ("PC104", "2:4")]),
        ("a: &x {b: 1}\nc: &y [1]\n", [("PC104", "1:4"), ("PC104", "2:4")]),
        ("a: !!binary aGk=\n", [("PC104", "1:4")]),
        ("a: !!python/object/apply:os.system [ls]\n", [("PC104", "1:4")]),
        ("a: !mine {}\n", [("PC104", "1:4")]),
        ("? [a]\n: b\n", [("PC102", "1:3")]),
        ("*x : b\n", [("PC104", "1:1"), ("PC102", "1:1")]),
        ("a: 1\n---\nb: 2\n", [("PC102", "2:1")]),
        ("a: 1\n\tb: 2\n", [("PC102", "2:1")]),
        ("\ta: 1\n", [("PC102", "1:1")]),
        ("a: [1, 2\n", [("PC102", "2:1")]),
        ("a: 'b\n\n", [("PC102", "1:4")]),
        ("a: x\x00y\n", [("PC102", "1:5")]),
        ("a: 1\nb: \x07\n", [("PC102", "2:4")]),
        ("a: 1\n\u202eb: 2\n", [("PC102", "2:1")]),
        ("a: 1\u2028\n", [("PC102", "1:5")]),
        ("\ufeffa: 1\n\ufeff", [("PC102", "1:1")]),
        ('a: "\\q"\n', [("PC102", "1:5")]),
        ("a:\n  b: 1\n c: 2\n", [("PC102", "3:2")]),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    found = refused(text)
    # The two parsers may put the mark of one syntax error a few columns apart, never on another line.
    assert [(code, cell.split(":")[0]) for code, cell in found] == [
        (code, cell.split(":")[0]) for code, cell in expected
    ]
    if hasattr(yaml, "CSafeLoader"):
        assert found == expected


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("  target: >98", "2:11", "98"),
        ("  target: >98%", "2:11", "98%"),
        ("  target: >=98", "2:11", "=98"),
        ("  target: > 98", "2:11", "98"),
        ("  target: >９８", "2:11", "９８"),
        ("  target: >0", "2:11", "0"),
        ("  target:   >98  # note", "2:13", "98"),
        ('  "target": >98', "2:13", "98"),
        ("  {target: >98, due: x}", "2:12", "98"),
        ("  {due: x, target: >=98%}", "2:20", "=98%"),
        ("  - target: >98", "2:13", "98"),
    ],
)
def test_a_target_without_quotes_has_its_own_message(line: str, cell: str, said: str) -> None:
    faults = Faults("plan.yaml")
    read_tree(f"a:\n{line}\n", faults)
    (finding,) = faults.listed()
    assert (finding.code, finding.cell, finding.params["found"]) == ("PC112", cell, said)


def test_every_target_without_quotes_is_named_and_the_rest_is_still_read() -> None:
    text = "a:\n  target: >98\nb: {target: >85%}\nc: [{target: >1}, {target: >=2}]\nd: &x 1\n# target: >5\n"
    assert refused(text) == [
        ("PC112", "2:11"),
        ("PC112", "3:13"),
        ("PC112", "4:14"),
        ("PC112", "4:28"),
        ("PC104", "5:4"),
    ]


def test_a_sign_in_quotes_or_in_a_block_is_no_target_without_quotes() -> None:
    assert refused("a: {b: c} # x, target: >98\nd: @\n") == [("PC102", "2:4")]
    tree = tree_of('a: "x, target: >98"\nb: |\n  target: >98\nc: 超过 target\n')
    assert node_at(tree, ("b",)) == TextNode("target: >98\n", 2, 4, "literal")


def test_depth_is_bounded() -> None:
    assert refused("[" * 50 + "]" * 50) == []
    assert refused("[" * 51 + "]" * 51) == [("PC105", "1:51")]
    assert refused("{a: " * 51 + "}" * 51) == [("PC105", "1:201")]
    assert refused("[" * 1_000_000) == [("PC105", "1:51")]


def test_the_number_of_nodes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_NODES == 200_000
    monkeypatch.setattr("plancheck.plan.yaml_tree.MOST_NODES", 4)
    assert refused("[a, b, c]\n") == []
    assert refused("[a, b, c, d]\n") == [("PC105", "1:11")]


def test_a_complaint_of_the_parser_that_is_not_known_is_handed_on() -> None:
    faults = Faults("plan.yaml")
    report_syntax(yaml.YAMLError("something new"), "a: b\n", faults)
    (finding,) = faults.listed()
    assert (finding.code, finding.cell) == ("PC102", "1:1")
    assert message("PC102", finding.params, "en") == "YAML syntax error: something new"
    assert message("PC102", finding.params, "zh") == "YAML 语法错误：解析器报告：something new"
