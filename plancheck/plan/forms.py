"""How sheets look: the `forms` section."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, get_args

from msgspec import Struct

from plancheck.language import Text
from plancheck.model import Column, Element, Form, FormRows
from plancheck.plan.cell_forms import cell_form
from plancheck.plan.elements import A_HEADER, REPORTERS, path
from plancheck.plan.faults import Faults
from plancheck.plan.section import Section
from plancheck.plan.units import A_STAGE, AN_ELEMENT
from plancheck.plan.yaml_tree import ListNode, MapNode, Node, TextNode

_A_FORM: Final = Text("报表", "form")
A_COLUMN: Final = Text("本表的列", "column of this form")
_COLUMNS: Final = Text(
    "填报项的列表，或“填报项: 表头列表”的表", "a list of elements, or a mapping of elements to header lists"
)
_PATHS: Final = Text("表头列表，如 [专任教师 > 本科]", "a list of headers, such as [专任教师 > 本科]")
ROWS: Final[tuple[FormRows, ...]] = get_args(FormRows)
_NO_ROSTER: Final = Text("false，台账不能作名录", "false, as a list cannot be the roster")


class _Named(Struct, frozen=True):
    """An element as a form names it; `paths` is None where the element's own words are to be used."""

    name: TextNode
    paths: tuple[tuple[str, ...], ...] | None = None


def read_forms(root: Section, elements: Mapping[str, Element], stages: Collection[str]) -> dict[str, Form]:
    """Read the `forms` section. Only one form may be the roster's."""
    forms: dict[str, Form] = {}
    known = frozenset(root.keys("elements"))
    roster_seen = False
    for section in root.children("forms", _A_FORM):
        form = _form(section, elements, known, stages)
        if form.roster and roster_seen:
            expected = Text("只在一张报表中为 true", "true in one form only")
            section.faults.add("PC108", section.place, key="roster", expected=expected, found=section.id)
        roster_seen = roster_seen or form.roster
        forms[section.id] = form
    return forms


def _form(section: Section, elements: Mapping[str, Element], known: Collection[str], stages: Collection[str]) -> Form:
    rows = section.one_of("rows", ROWS)
    if rows == "cells":
        return cell_form(section, elements, known, stages)
    named = _named(section, known)
    by = tuple(_Named(name) for name in section.texts("by", section.get("by"))) if rows != "element" else ()
    by = tuple(column for column in by if section.refer(column.name, known, AN_ELEMENT))
    ids = tuple(column.name.text for column in (*named, *by))
    key = _key(section, ids) if rows == "list" else ""
    required = section.references("required", section.get("required"), ids, A_COLUMN)
    stage = section.scalar("stage")
    if stage is not None:
        section.refer(stage, stages, A_STAGE)
    _check_claims(section.faults, section.id, (*named, *by), elements)
    return Form(
        id=section.id,
        title=section.said("title"),
        rows=rows,
        columns=_columns(named, elements, required),
        sheets=tuple(sheet.text for sheet in section.texts("sheets", section.get("sheets"))),
        stage=stage.text if stage is not None else None,
        by=_columns(by, elements, required),
        reporter=section.one_of("reporter", REPORTERS, "unit"),
        value_words=tuple(word.text for word in section.texts("values", section.get("values")))
        if rows == "element"
        else (),
        roster=section.flag("roster") and rows != "list",
        key=key,
    )


def _key(section: Section, ids: Collection[str]) -> str:
    """Return the column that tells the rows of a list apart."""
    roster = section.scalar("roster")
    if roster is not None and roster.text == "true":
        section.wrong("roster", roster, _NO_ROSTER)
    return section.refer_strictly(section.needed_scalar("key"), ids, A_COLUMN)


def _named(section: Section, known: Collection[str]) -> tuple[_Named, ...]:
    """Return the columns as written: the two spellings of `columns` come together here."""
    node = section.need("columns")
    match node:
        case ListNode(items) if items:
            named = tuple(_Named(name) for name in section.texts("columns", node))
        case MapNode(entries) if entries:
            named = tuple(_Named(entry.key, _paths(section, entry.key.text, entry.value)) for entry in entries.values())
        case None:
            return ()
        case _:
            section.wrong("columns", node, _COLUMNS)
            return ()
    return tuple(column for column in named if section.refer(column.name, known, AN_ELEMENT))


def _paths(section: Section, key: str, node: Node) -> tuple[tuple[str, ...], ...] | None:
    if isinstance(node, TextNode) and node.empty:
        return None
    if not isinstance(node, ListNode) or not node.items:
        section.wrong(key, node, _PATHS)
        return None
    words = section.texts(key, node)
    for word in words:
        if not path(word.text):
            section.wrong(key, word, A_HEADER)
    return tuple(path(word.text) for word in words)


def _own_paths(element: Element) -> tuple[tuple[str, ...], ...]:
    return tuple(path(word) for word in element.words)


def _columns(
    named: tuple[_Named, ...], elements: Mapping[str, Element], required: Collection[str]
) -> tuple[Column, ...]:
    return tuple(
        Column(
            column.name.text,
            column.paths if column.paths is not None else _own_paths(elements[column.name.text]),
            column.name.text in required,
        )
        for column in named
        if column.name.text in elements
    )


def _check_claims(faults: Faults, form: str, named: tuple[_Named, ...], elements: Mapping[str, Element]) -> None:
    """Note each header that the words of two elements claim; a path written in the form may repeat one on purpose."""
    taken: dict[tuple[str, ...], str] = {}
    for column in named:
        element = elements.get(column.name.text)
        if element is None or column.paths is not None:
            continue
        for header in _own_paths(element):
            plain = tuple("".join(level.split()) for level in header)  # as the reader of sheets compares them
            first = taken.setdefault(plain, element.id)
            if plain and first != element.id:
                written = " > ".join(header)
                faults.add("PC114", column.name, form=form, path=written, first=first, second=element.id)
