"""Formulas of a plan: names found by id or Chinese label, and nothing mixed that cannot be compared."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plancheck.expression import Binary, Call, Name, Negative, Node, Not, Number, OneOf, Word
from plancheck.language import Text
from plancheck.model import Element, Finding
from plancheck.plan.faults import Faults
from plancheck.plan.formulas import Kind, Vocabulary, read_formula
from plancheck.plan.yaml_tree import TextNode


def _element(name: str, label: str, unit: str, choices: dict[str, tuple[str, ...]] | None = None) -> Element:
    return Element(name, Text(label, name), unit, (label,), choices=choices or {})


ELEMENTS = {
    element.id: element
    for element in (
        _element("pupils", "在校生数", "person"),
        _element("share", "占比", "percent"),
        _element("smart", "智慧校园", "yes_no"),
        _element("kind", "办学性质", "choice", {"public": ("公办", "1"), "private": ("民办",)}),
        _element("area", "城乡", "text"),
        _element("kg_classes", "班级数", "thing"),
        _element("classes", "班级数", "thing"),
    )
}


def read(text: str, wanted: Kind = "number") -> tuple[Node, tuple[Finding, ...]]:
    faults = Faults("plan.yaml")
    vocabulary = Vocabulary.of(ELEMENTS, frozenset((*ELEMENTS, "half_read")))
    tree = read_formula(TextNode(text, 7, 10, lead=0), wanted, vocabulary, faults)
    return tree, faults.listed()


@pytest.mark.parametrize(
    ("text", "wanted", "tree"),
    [
        ("在校生数", "number", Name("pupils")),
        ("-pupils", "number", Negative(Name("pupils", 1))),
        ("not 智慧校园", "condition", Not(Name("smart", 4))),
        ('kind == "民办"', "condition", Binary("==", Name("kind"), Word("private"))),
        ('"1" != kind', "condition", Binary("!=", Word("public"), Name("kind", 7))),
        ('kind in ["公办", "private"]', "condition", OneOf(Name("kind"), (Word("public"), Word("private")))),
        ('area in ["镇区", "乡村"]', "condition", OneOf(Name("area"), (Word("镇区"), Word("乡村")))),
        ("pupils in [1, 2]", "condition", OneOf(Name("pupils"), (Number(Fraction(1)), Number(Fraction(2))))),
        ("if(smart, pupils, 0)", "number", Call("if", (Name("smart", 3), Name("pupils", 10), Number(Fraction(0))))),
        ("max(pupils, share)", "number", Call("max", (Name("pupils", 4), Name("share", 12)))),
        ("half_read + 1", "number", Binary("+", Name("half_read"), Number(Fraction(1)))),
        ("half_read", "condition", Name("half_read")),
    ],
)
def test_a_sound_formula(text: str, wanted: Kind, tree: Node) -> None:
    assert read(text, wanted) == (tree, ())


@pytest.mark.parametrize(
    ("text", "wanted", "code", "cell"),
    [
        ("pupils + smart", "number", "PC110", "7:19"),
        ("pupils + area", "number", "PC110", "7:19"),
        ("smart", "number", "PC110", "7:10"),
        ("pupils", "condition", "PC110", "7:10"),
        ("1 + 1", "condition", "PC110", "7:10"),
        ("pupils > smart", "condition", "PC110", "7:19"),
        ("area > 3", "condition", "PC110", "7:10"),
        ("area == 3", "condition", "PC110", "7:10"),
        ('pupils == "3"', "condition", "PC110", "7:10"),
        ('pupils in [1, "2"]', "condition", "PC110", "7:10"),
        ("area in [1]", "condition", "PC110", "7:10"),
        ("if(pupils, 1, 2)", "number", "PC110", "7:13"),
        ("if(smart, pupils, area)", "number", "PC110", "7:28"),
        ("not pupils", "condition", "PC110", "7:14"),
        ("smart and pupils", "condition", "PC110", "7:20"),
        ("-smart", "number", "PC110", "7:11"),
        ("sum(pupils, smart)", "number", "PC110", "7:22"),
        ('kind == "国办"', "condition", "PC110", "7:10"),
        ('kind in ["公办", "国办"]', "condition", "PC110", "7:10"),
        ("班级数", "number", "PC110", "7:10"),
        ("pupils + puplis", "number", "PC109", "7:19"),
        ("pupils +", "number", "PC110", "7:18"),
        ("pupils ** 2", "number", "PC110", "7:10"),
        ("__import__('os')", "number", "PC110", "7:10"),
        ("pupils" + " + 1" * 500, "number", "PC110", "7:2010"),
        ("(" * 60 + "1" + ")" * 60 + "-" * 60 + "1", "number", "PC110", "7:172"),
    ],
)
def test_an_unsound_formula_names_the_character(text: str, wanted: Kind, code: str, cell: str) -> None:
    _, findings = read(text, wanted)
    assert [(finding.code, finding.cell) for finding in findings] == [(code, cell)]
