"""Last year's column beside this year's: where it contradicts itself it is told, and nothing is compared with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plancheck.codes import hint, message, reason
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from tests.conftest import Rows, write_workbook

FIGURES: Rows = [
    ["体质健康测试人数", 590, 595],
    ["优秀人数", 100, 110],
    ["良好人数", 250, 250],
    ["及格人数", 225, 221],
    ["不及格人数", 15, 14],
    ["视力检查人数", 590, 600],
    ["近视人数", 325, 330],
    ["体检人数", 590, 600],
    ["肥胖人数", 60, 61],
]


def judged(
    plan: Plan, folder: Path, last_year: dict[str, int | None], heads: tuple[str, str] = ("2022年", "2023年")
) -> Assessment:
    rows: Rows = [
        ["怀柔区2023年单校自查填报表"],
        ["学校名称：怀北中学", None, "学校标识码：3111170001", "学段：初中部"],
        ["序号", "填报项目", *heads],
        *([at, name, last_year.get(str(name), before), now] for at, (name, before, now) in enumerate(FIGURES, 1)),
    ]
    return assess(plan, Request((write_workbook(folder / "mine.xlsx", {"表5": rows}),)))


def told(found: Assessment) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in found.findings if each.code.startswith("PC5")]


def test_what_cannot_be_right_is_told_at_its_cell_and_is_compared_with_nothing(huairou: Plan, tmp_path: Path) -> None:
    found = judged(huairou, tmp_path, {"近视人数": 3250})
    assert told(found) == [("PC519", "C10")]
    (finding,) = [each for each in found.findings if each.code == "PC519"]
    assert (finding.period, finding.check, finding.unit) == (2022, "myopic_of_checked", "3111170001/junior")
    assert message("PC519", finding.params, "zh") == (
        "怀北中学（初中）：2022 年的数不符合“近视人数不多于视力检查人数”：近视 3250，视力检查人数 590（C9）；"
        "比较 3250 与 590，相差 2660；本年的数不与它们比较"
    )
    assert message("PC519", finding.params, "en") == (
        "怀北中学 (junior secondary): the figures of 2022 are not as asked, short-sighted pupils do not outnumber pupils "
        "checked: Short-sighted pupils 3250, Pupils with eyes checked 590 (C9); 3250 against 590, 2660 apart; nothing is "
        "compared with them"
    )
    assert hint("PC519", finding.params, "zh") == ("请核对 2022 年的数，改正有误的一处；如当年就是这样上报的，请写明。")
    verdicts = {each.indicator: each for each in found.verdicts}
    change = verdicts["myopia_rate_yearly_change"]
    assert change.outcome == "unknown"
    assert change.reason is not None
    assert reason(change.reason.key, change.reason.params, "zh") == "数据待核：不符合“近视人数不多于视力检查人数”"
    # and no more than what rests on them: obesity is down from 60 of 590 to 61 of 600, by less than a point
    assert verdicts["obesity_rate_yearly_change"].outcome == "not_met"
    assert verdicts["fitness_pass_rate"].value is not None
    assert found.readiness is not None
    assert (found.readiness.correct, found.readiness.explain) == (0, 1)


@pytest.mark.parametrize("heads", [("上年", "本年"), ("2022年", "2023年")])
def test_sound_figures_of_last_year_are_not_told(heads: tuple[str, str], huairou: Plan, tmp_path: Path) -> None:
    assert told(judged(huairou, tmp_path, {}, heads)) == []


def test_what_was_not_copied_from_last_year_is_not_asked_for(huairou: Plan, tmp_path: Path) -> None:
    found = judged(huairou, tmp_path, {"不及格人数": None, "及格人数": None, "体检人数": None})
    assert told(found) == []


def test_parts_that_do_not_add_up_are_told(huairou: Plan, tmp_path: Path) -> None:
    found = judged(huairou, tmp_path, {"体质健康测试人数": 585})
    assert told(found) == [("PC519", "C5")]
