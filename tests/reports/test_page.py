"""Lines keep to their room, break where people would break them, and lose nothing."""

import pytest

from plancheck.reports.page import HARD_SPACE, Column, Row, grid, hanging, packed, width, wrap


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("学校", 4), ("“双师型”", 8), ("e\u0301", 1), ("＝", 2)])
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("中小学生体质健康", 6, ["中小学", "生体质", "健康"]),
        ("请核对标识码。", 12, ["请核对标识", "码。"]),  # no line begins with a stop
        ("按规定（见附表）", 8, ["按规定", "（见附", "表）"]),  # none ends with an opening bracket
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("↗ 达到序时 暂定", 10, ["↗ 达到序时", "暂定"]),
        (f"差{HARD_SPACE}11{HARD_SPACE}人", 20, ["差 11 人"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
        ("", 5, [""]),
    ],
)
def test_wrap(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@pytest.mark.parametrize("room", [4, 7, 20, 61])
def test_wrapping_keeps_to_its_room_and_loses_nothing(room: int) -> None:
    text = "“体质健康测试人数”应为数字，现为“[bold]12人左右[/bold]”。Percent formats and error cells"
    lines = wrap(text, room)
    assert max(map(width, lines)) <= room
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_hanging() -> None:
    assert hanging("- ", "one two three", 8, 2) == ["- one", "  two", "  three"]


def test_packed_breaks_between_items() -> None:
    assert list(packed(["aaa", "bbb", "ccc"], 9)) == ["aaa   bbb", "ccc"]


def test_columns_stand_below_each_other() -> None:
    rows = [Row(("1", "学前教育入园率", "98.80%")), Row(("10", "短", "5%"))]
    table = grid((Column("序号", right=True), Column("指标"), Column("数值", right=True)), rows, 80)
    lines = ["".join(piece.text for piece in line) for row in rows for line in table.lines(row)]
    assert lines == ["   1  学前教育入园率  98.80%", "  10  短                  5%"]


def test_a_whole_column_is_not_broken_while_others_can_give_way() -> None:
    rows = [Row(("a_very_long_identifier", "很长很长很长很长的名称"))]
    table = grid((Column("id", whole=True), Column("名称", main=True)), rows, 32)
    first = next(iter(table.lines(rows[0])))
    assert first[0].text.strip() == "a_very_long_identifier"
