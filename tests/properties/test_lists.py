"""Laws of ledgers and of earlier results: whatever stands in the cells, no row is lost and nothing is raised."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import Column, Element, Form
from plancheck.plan.load import load
from plancheck.quantity import Absent
from plancheck.returns import Context, Identifier, read_history, vocabulary
from plancheck.returns.read import read_sheet
from plancheck.returns.sheet import Cell, Sheet
from plancheck.returns.table import Notes
from plancheck.returns.years import read_year

SHIPPED = load(Path(__file__).parents[2] / "indicators.yaml")
ELEMENTS = {
    name: Element(name, Text(word, name), unit, (word,))
    for name, word, unit in (
        ("thing", "事项名称", "text"),
        ("office", "责任部门", "text"),
        ("seats", "新增座位", "person"),
        ("due", "计划年份", "year"),
    )
}
LEDGER = Form(
    "ledger",
    Text("事项台账", "Ledger"),
    "list",
    tuple(Column(name, (each.words,)) for name, each in ELEMENTS.items()),
    key="thing",
)
PLAN = replace(SHIPPED, elements={**SHIPPED.elements, **ELEMENTS}, forms={**SHIPPED.forms, "ledger": LEDGER})
CONTEXT = Context(PLAN, vocabulary(PLAN), Identifier(PLAN.units, None), 2023)

cells: st.SearchStrategy[Cell] = st.one_of(
    st.just(""),
    st.sampled_from(
        ["—", "无", "待定", "合计", "小计", "注：略", "甲", "1.“十四五”", "随棚改同步完成", "2023年", "２０２３"]
    ),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(0, 3_000).map(float),
    st.booleans(),
)
rows = st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8)
HEAD: list[Cell] = [each.words[0] for each in ELEMENTS.values()]


@given(rows)
def test_each_row_of_a_ledger_is_used_or_left_out_for_a_reason(body: list[list[Cell]]) -> None:
    notes = Notes("ledger.xlsx", Sheet("台账", [HEAD, *body], merges=()))
    account = read_sheet(notes, CONTEXT)
    assert account.read == account.used + sum(account.left_out.values()) == len(body) + 1
    assert sum(len(block.units) for block in notes.blocks) == account.used
    without = sum(finding.code == "PC240" for finding in notes.findings)
    assert without == account.left_out.get("no_key", 0)  # none is left out in silence


@given(rows)
def test_a_ledger_holds_only_what_stands_in_its_cells(body: list[list[Cell]]) -> None:
    notes = Notes("ledger.xlsx", Sheet("台账", [HEAD, *body], merges=()))
    read_sheet(notes, CONTEXT)
    for block in notes.blocks:
        for column in block.columns:
            for row, value in zip(column.rows, column.values, strict=True):
                if value is not Absent.BLANK:
                    assert body[row - 2]["ABCD".index(column.letter)] != ""


@given(cells)
def test_a_year_is_a_year_or_none(cell: Cell) -> None:
    year = read_year(cell)
    assert year is None or isinstance(year, Absent) or 1900 <= year <= 2099


readings = st.fixed_dictionaries(
    {
        "file": st.text(max_size=3),
        "sheet": st.text(max_size=3),
        "cell": st.sampled_from(["A1", "B2", "ZZ99", "", "1A"]),
        "raw": st.text(max_size=3),
        "value": st.one_of(
            st.none(), st.sampled_from(["1", "-1", "1/3", "98%", "是", "x", "public"]), st.text(max_size=4)
        ),
        "element": st.sampled_from(
            ["students", "kg_ownership", "safe_campus", "pop_3_6", "thing", "seats", "due", "gone"]
        ),
        "unit": st.sampled_from(["", "1/primary", "1/none", "ledger#甲", "gone#甲", "#", "/"]),
        "period": st.integers(2020, 2023),
    }
)
documents = st.one_of(
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=20),
    st.lists(readings, max_size=6).map(
        lambda each: json.dumps(
            {"schema": "plancheck/assessment/1", "plan": {"id": PLAN.id}, "verdicts": [{"readings": each}]}
        ).encode()
    ),
)


@given(documents)
def test_an_earlier_result_is_read_or_refused_but_never_raises(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        path.write_bytes(data)
        found = read_history(path, PLAN)
    assert found.blocks or found.findings or json.loads(data)["verdicts"] == [{"readings": []}]
    for block in found.blocks:
        assert all(len(column.values) == len(column.rows) == len(block.units) for column in block.columns)
