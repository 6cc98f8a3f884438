"""Rates, shares and changes as schools and districts state them: read by the shipped plan, and held against the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from plancheck.codes import message
from plancheck.model import Assessment, Plan
from plancheck.pipeline import Request, assess
from tests.conftest import write_workbook

Rows = list[list[Any]]
EYES: Rows = [
    ["怀柔区2023—2024学年度学生视力、体检情况表"],
    ["学校标识码", "学校名称", "学段", "视力检查", "", "", "", ""],
    ["", "", "", "检查人数", "近视人数", "近视率%", "", ""],
    ["", "", "", "", "", "上年", "本年", "增减\n百分点"],
]
EYES_MERGES = ["A2:A4", "B2:B4", "C2:C4", "D2:H2", "D3:D4", "E3:E4", "F3:H3"]


def assessed(folder: Path, plan: Plan, sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[str]]) -> Assessment:
    """Return what comes of a workbook of 2023."""
    return assess(plan, Request((write_workbook(folder / "return.xlsx", sheets, merges),), year=2023))


def told(found: Assessment) -> list[tuple[str, str, str]]:
    """Return what was found at cells: code, check, cell."""
    return [(each.code, each.check, each.cell) for each in found.findings if each.cell and each.code != "PC404"]


@pytest.mark.parametrize(
    ("last", "now", "change", "codes"),
    [
        (42.8, 43.3, 0.5, []),  # of the rates as printed
        (42.8, 43.3, 0.6, []),  # of the counts: 43.333 − 42.778
        (42.8, 43.3, 0.7, ["PC501"]),
        (42.8, 43.3, -0.5, ["PC501"]),  # the sign is part of it
        (44, 43.3, -0.7, []),
        ("43%", "43.3%", 0.5, []),  # last year's is printed to the whole percent
        (42.8, 43.3, 0.56, []),
        ({"v": 0.42777777777, "format": "0.0%"}, {"v": 0.43333333333, "format": "0.0%"}, 0.5, []),  # as it is shown
        ({"v": 0.428, "format": "0.0%"}, {"v": 0.433, "format": "0.0%"}, {"v": 0.005, "format": "0.0%"}, []),
        (44.3, 43.3, "下降1个百分点", []),
        (44.3, 43.3, "上升1个百分点", ["PC501"]),
        (43.3, 43.3, "持平", []),
        (42.3, 43.3, "↑1.0", []),
        (44.3, 43.3, "－１．０", []),
        (44.3, 43.3, "下降", ["PC301"]),
        (44.3, 43.3, "略有下降", ["PC301"]),
        (44.3, 43.3, "下降约1", ["PC308"]),
        (44.3, 43.3, "下降-1", ["PC301"]),
        ("", 43.3, 0.5, []),  # nothing to hold it against
        (42.8, 43.3, "", []),
        (42.8, 43.3, "—", []),
    ],
)
def test_a_stated_change(last: Any, now: Any, change: Any, codes: Sequence[str], tmp_path: Path, huairou: Plan) -> None:
    rows = [*EYES, ["2111012345", "甲校", "小学", 300, 130, last, now, change]]
    found = assessed(tmp_path, huairou, {"表4": rows}, {"表4": EYES_MERGES})
    assert [each[0] for each in told(found)] == codes
    for code, check, cell in told(found):
        assert cell == "H5"
        assert check == ("myopic_change_stated" if code == "PC501" else "")
    # A stated change is no input of a verdict: the rate of the year is that of the counts, whatever is stated.
    verdicts = [each for each in found.verdicts if each.indicator == "myopia_rate_annual_decrease"]
    assert all(each.reason is None or each.reason.key != "suspect" for each in verdicts)


def test_a_column_of_small_changes_is_no_column_of_shares(tmp_path: Path, huairou: Plan) -> None:
    rows = [
        *EYES,
        ["2111012345", "甲校", "小学", 300, 130, 42.8, 43.3, 0.5],
        ["2111012346", "乙校", "小学", 300, 130, 43.1, 43.3, 0.2],
    ]
    found = assessed(tmp_path, huairou, {"表4": rows}, {"表4": EYES_MERGES})
    assert told(found) == []


def test_a_change_without_rates_is_held_against_the_counts_of_both_years(tmp_path: Path, huairou: Plan) -> None:
    head = ["学校标识码", "学校名称", "学段", "检查人数", "近视人数", "近视率增减（百分点）"]
    first = write_workbook(tmp_path / "2022.xlsx", {"2022年": [head[:5], ["2111012345", "甲校", "小学", 180, 77]]})
    for change, codes in ((0.5, []), (0.6, []), (-0.6, ["PC501"]), (0.7, ["PC501"])):
        now: dict[str, Rows] = {"2023年": [[*head], ["2111012345", "甲校", "小学", 300, 130, change]]}
        found = assess(huairou, Request((first, write_workbook(tmp_path / "2023.xlsx", now))))
        assert [(each.code, each.check) for each in found.findings if each.code == "PC501"] == [
            (code, "myopic_change_counted") for code in codes
        ]


def _own(rows: Rows) -> dict[str, Rows]:
    head: Rows = [
        ["甲小学2023年自查填报表"],
        ["学校标识码：", "2111012345"],
        ["学校名称：", "甲小学"],
        ["学段：", "小学"],
    ]
    return {"表5": [*head, ["序号", "填报项目", "单位", "2022年", "2023年"], *rows]}


def test_a_school_states_its_rates_in_its_own_form(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        [1, "视力检查人数", "人", 116, 119],
        [2, "　其中：近视", "人", 43, 47],
        [3, "近视率", "%", 37.1, 39.5],
        [4, "近视率比上年增减", "百分点", "", 2.4],
        [5, "体检人数", "人", 116, 119],
        [6, "　其中：肥胖", "人", 18, 17],
        [7, "肥胖率", "%", 15.5, "14.3%"],
        [8, "肥胖率比上年增减", "个百分点", "", "下降1.2"],
    ]
    assert told(assessed(tmp_path, huairou, _own(rows), {})) == []
    rows[2][4], rows[6][3], rows[7][4] = 39.4, 15.6, "上升1.2"  # 47/119 = 39.496, 18/116 = 15.517
    wrong = assessed(tmp_path, huairou, _own(rows), {})
    assert told(wrong) == [
        ("PC501", "myopic_rate_stated", "E8"),
        ("PC501", "obese_change_stated", "E13"),
    ]  # of 2022 no check is asked: 15.6 was last year's to state


def test_a_kindergarten_and_a_sheet_of_all_figures_state_rates_too(tmp_path: Path, huairou: Plan) -> None:
    schools: Rows = [
        ["学校标识码", "学校名称", "办学类型", "学段", "在校学生数", "随迁子女", "班级数", "招生数", "毕业生数", "专任教师数",
         "图书", "视力检查人数", "近视人数", "近视率%"],
        ["2111012345", "甲校", "小学", "小学部", 300, 9, 8, 50, 48, 20, 9000, 300, 130, 43.3],
        ["2111012346", "乙校", "小学", "小学部", 300, 8, 8, 51, 47, 20, 8000, 300, 130, 43.4],
    ]  # fmt: skip
    kindergartens: Rows = [
        ["标识码", "园名", "在园幼儿数", "班级数", "体检人数", "肥胖人数", "肥胖率%"],
        ["1111012345", "丙园", 90, 3, 90, 4, 4.4],
        ["1111012346", "丁园", 90, 3, 90, 4, 4.5],
    ]
    found = assessed(tmp_path, huairou, {"表1": schools, "表2": kindergartens}, {})
    assert told(found) == [("PC501", "myopic_rate_stated", "N3"), ("PC501", "obese_rate_stated", "G3")]


@pytest.mark.parametrize(
    ("spending", "pupils", "each"),
    [
        ("分学段教育支出", "分学段在校生数", "分学段生均"),
        ("分学段支出", "分学段学生数", "分学段生均支出"),
        ("各学段教育支出", "各学段在校生数", "各学段生均"),
    ],
)
def test_a_district_states_shares_and_spending_per_pupil(
    spending: str, pupils: str, each: str, tmp_path: Path, huairou: Plan
) -> None:
    rows: Rows = [
        ["怀柔区区级经费情况表"],
        ["单位：万元"],
        ["项目", "2022年", "2023年"],
        ["一般公共预算支出", 1_000_000, 1_003_000],
        ["　其中：教育支出", 184_500, 190_000],
        ["　　　　占比", "18.45%", {"v": 0.1894, "format": "0.00%"}],  # 18.943…
        [f"{spending}（万元）", None, None],
        ["　小学", 61_234, 62_000],
        [f"{pupils}（人）", None, None],
        ["　小学", 9_000, 9_100],
        [f"{each}（元）", None, None],
        ["　小学", 68_038.1, 68_131.87],  # 612,341,000 yuan over 9,000: the sheet prints 61,234
    ]
    found = assess(huairou, Request((write_workbook(tmp_path / "money.xlsx", {"表6": rows}),), year=2022))
    assert [one for one in told(found) if one[0] != "PC403"] == []
    rows[5][1], rows[11][1] = "18.3%", 68.04  # in thousands
    found = assess(huairou, Request((write_workbook(tmp_path / "money.xlsx", {"表6": rows}),), year=2022))
    assert [one for one in told(found) if one[0].startswith("PC5")] == [
        ("PC501", "education_share_stated", "B6"),
        ("PC502", "per_pupil_primary", "B12"),
    ]


def test_a_rate_is_told_as_its_cell_shows_it(tmp_path: Path, huairou: Plan) -> None:
    rows: Rows = [
        ["怀柔区区级经费情况表"],
        ["单位：万元"],
        ["项目", "2023年"],
        ["一般公共预算支出", 1_000_000],
        ["　其中：教育支出", 184_500],
        ["　　　　占比", {"v": 0.2, "format": "0.00%"}],
    ]
    found = assess(huairou, Request((write_workbook(tmp_path / "money.xlsx", {"表6": rows}),)))
    (wrong,) = [each for each in found.findings if each.code == "PC501"]
    assert "教育支出占比 0.2（读作 20%），一般公共预算教育支出 184500（B5）" in message("PC501", wrong.params, "zh")
    assert "Share of education as stated 0.2 (read as 20%), " in message("PC501", wrong.params, "en")
