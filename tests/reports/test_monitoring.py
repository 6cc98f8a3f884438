"""The monitoring report read back by the library of Word documents: its parts in order, its tables, its fonts."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from msgspec.structs import replace

from plancheck.expression import parse
from plancheck.language import LANGS, Lang, Text
from plancheck.model import (
    Assessment,
    Check,
    CheckCount,
    Coverage,
    Finding,
    Gap,
    Group,
    Indicator,
    Milestone,
    Revision,
    Source,
    Superseded,
    Target,
    Unit,
    Verdict,
)
from plancheck.reports import monitoring
from tests.conftest import ROOT
from tests.reports import rich
from tests.reports.fixture import CLEAR_SCREEN, DISTRICT

GOLDEN = ROOT / "tests" / "golden" / "docx.zh.txt"
DONE = Milestone(("第七小学",), parse("done"), planned=960)


def _project(name: str, measure: Milestone, numerator: int | None) -> tuple[Indicator, Verdict]:
    target = Target("完成", ">=", None)
    indicator = Indicator(
        name, None, Text(f"{name}工程", f"project {name}"), "thing", measure, target, 2023, "district",
        Source("附件1", "960"), kind="milestone", group="annex",
    )  # fmt: skip
    verdict = Verdict(
        name, "district", None, DISTRICT, 2023, "met" if numerator else "not_met", True, target, Coverage(1, 1),
        value=numerator, numerator=numerator, denominator=None if numerator is None else 960,
    )  # fmt: skip
    return indicator, verdict


def full() -> Assessment:
    """The rich assessment with two years, a commitment of the text, two projects and a deliverable."""
    base = rich.assessment()
    share = replace(
        base.plan.indicators["enrolment"], id="public", no=None, label=Text("公办园占比", "Public share"), group="text"
    )
    shared = replace(next(each for each in base.verdicts if each.indicator == "enrolment"), indicator="public")
    projects = [_project("p1", DONE, 960), _project("p2", replace(DONE, planned=360), None)]
    deliverable = _project("d1", Milestone(("方案",), parse("done")), None)
    added = [(share, shared), *projects, deliverable]
    indicators = {**base.plan.indicators, **{each.id: each for each, _ in added}}
    groups = {"text": Group("text", Text("正文三（三）", "Text 3")), "annex": Group("annex", Text("附件1", "Annex 1"))}
    bachelor = next(each for each in base.verdicts if each.indicator == "bachelor" and each.level == "district")
    before = replace(bachelor, period=2022, value=Fraction(97), outcome="met", progress=None)
    return replace(
        base,
        plan=replace(base.plan, indicators=indicators, groups=groups),
        periods=(2022, 2023),
        verdicts=(*base.verdicts, before, *(verdict for _, verdict in added)),
    )


def _read(assessment: Assessment, lang: Lang) -> Any:
    return docx.Document(BytesIO(monitoring.render(assessment, lang)))


def _rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _headings(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == "Heading 1"]


def _dump(document: Any) -> str:
    """Return what a reader of the document finds, line by line: headings, paragraphs, cells, the words of pictures."""
    lines = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in part.rows]
        else:
            words = part._p.xpath(".//wp:docPr/@descr")  # noqa: SLF001 - the library has no way to them
            lines.append(f"[{part.style.name}] {part.text}{''.join(f'picture: {each}' for each in words)}".rstrip())
    return "\n".join(lines) + "\n"


def test_the_rich_assessment_is_written_as_expected(request: pytest.FixtureRequest) -> None:
    found = _dump(_read(full(), "zh"))
    if request.config.getoption("--rewrite"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_the_chapters_stand_in_their_order_and_are_numbered_without_a_gap() -> None:
    assert _headings(_read(full(), "zh")) == [
        "一、摘要", "二、数据来源与质量", "三、主要指标监测表", "四、分项分析", "五、正文承诺", "六、设施项目",
        "七、重点项目与工作成果", "八、异常与说明", "九、问题与建议", "附录",
    ]  # fmt: skip
    short = _headings(_read(rich.assessment(), "en"))
    assert short[:5] == ["1  Summary", "2  Sources and their quality", "3  Main indicators", "4  The indicators one by one", "5  Remarks"]  # fmt: skip


def test_the_main_table_holds_the_plans_rows_with_both_years() -> None:
    tables = {table.cell(0, 1).text: _rows(table) for table in _read(full(), "zh").tables if len(table.columns) > 5}
    main = tables["指标"]
    assert main[0] == [
        "序号",
        "指标",
        "2020",
        "2022",
        "2023",
        "目标",
        "序时值",
        "差距",
        "分子 / 分母",
        "覆盖",
        "结论",
        "备注",
    ]
    by_number = {row[0]: row for row in main[1:]}
    assert [*by_number] == ["1", "2", "3", "4", "6", "8", "9"]
    assert by_number["3"][2:8] == ["96%", "97%", "96.30%", ">97", "96.60%", "差 8 人"]
    assert by_number["1"][3] == "-"


def test_what_changed_and_what_another_reading_would_say() -> None:
    text = [paragraph.text for paragraph in _read(full(), "zh").paragraphs]
    assert "3 义务教育专任教师中本科及以上学历比例：由“达标”变为“滞后”" in text
    assert "3 义务教育专任教师中本科及以上学历比例（96.30%）：现为未达标；按“超过96%”（二（三）3），则为达标" in text


def test_a_commitment_said_twice_tells_both_places_and_the_outcome_by_each() -> None:
    rows = [row for table in _read(full(), "zh").tables for row in _rows(table)]
    (formula,) = [row for row in rows if row[1:2] == ["合格人数 ÷ 测试人数"] and row[0].startswith("3 ")]
    assert formula[-1] == "专栏 3：“96 >97”\n二（三）3：“学历人员比例超过96%”（按此 超过96%：达标）"


def test_who_would_close_a_gap_and_how_far_groups_lie_apart() -> None:
    text = [paragraph.text for paragraph in _read(full(), "zh").paragraphs]
    assert "第 1 个达到目标即可补足差距；不计第 1 个则为 96.80%" in text
    assert "组间：95%（山区）至 99%（平原）；差异系数 0.021" in text


def test_what_changed_in_the_text_is_counted_not_listed() -> None:
    base = full()
    public = next(each for each in base.verdicts if each.indicator == "public")
    before = replace(public, period=2022, outcome="not_met", progress="behind")
    text = [each.text for each in _read(replace(base, verdicts=(*base.verdicts, before)), "zh").paragraphs]
    assert any(line.startswith("另有 1 项") for line in text)
    assert "公办园占比：由“滞后”变为“达标”" not in text


def test_the_cover_says_what_is_known_and_leaves_room_for_the_rest() -> None:
    cover = dict(_rows(_read(full(), "zh").tables[0]))
    assert cover == {
        "文号": "", "依据规划": "试政发〔2021〕1号", "年度": "2022—2023", "数据截止日": "2026-01-31", "密级／公开范围": "",
        "版本": "", "编制单位": "",
    }  # fmt: skip
    for_all = dict(_rows(_read(replace(full(), least_shown=5), "en").tables[0]))
    assert for_all["For whom"] == "public (figures on fewer than 5 people are left out)"


def test_the_summary_counts_the_last_year_and_names_no_option_of_a_command() -> None:
    text = [each.text for each in _read(replace(full(), not_covered=("x", "y")), "zh").paragraphs]
    page = text[text.index("一、摘要") : text.index("二、数据来源与质量")]
    # by hand: seven numbered indicators; with them a commitment, two projects and a deliverable
    assert page[1].startswith("主要指标 7 项：")
    assert page[2].startswith("连同正文承诺、项目和成果共 11 项：")
    assert "本次数据未涉及、因而未列入的指标 2 项" in page
    assert not [line for line in page if "--" in line or "退出码" in line]


def test_the_worst_gaps_are_those_that_lack_most_of_what_is_asked() -> None:
    base = rich.assessment()
    behind = next(each for each in base.verdicts if each.indicator == "bachelor" and each.level == "district")
    # 96.3 of 97, 20 of 97, 90 of 97: by hand the second lacks most
    others = [
        replace(behind, indicator=name, gap=Gap(gap, "point")) for name, gap in (("fitness", 77), ("smart_rate", 7))
    ]
    verdicts = (replace(behind, gap=Gap(Fraction(7, 10), "point")), *others)
    text = [each.text for each in _read(replace(base, verdicts=verdicts), "zh").paragraphs]
    at = next(number for number, line in enumerate(text) if line.startswith("最突出的 3 项差距"))
    assert [line[0] for line in text[at + 1 : at + 4]] == ["2", "4", "3"]


def test_one_year_alone_is_compared_with_nothing() -> None:
    assert "本次只有一个年度的数据，未与上年比较。" in [each.text for each in _read(rich.assessment(), "zh").paragraphs]


def test_verdicts_by_year_have_sign_word_and_colour() -> None:
    tables = _read(full(), "zh").tables
    heat = next(table for table in tables if _rows(table)[0] == ["指标", "2022", "2023"])
    row = next(row for row in heat.rows if row.cells[0].text.startswith("3 "))
    assert [cell.text for cell in row.cells[1:]] == ["✓ 达标", "↘ 滞后"]
    fills = [cell._element.xpath(".//w:shd/@w:fill") for cell in row.cells]  # noqa: SLF001 - the library knows no shading
    assert fills == [[], ["E2F0D9"], ["FFD966"]]


def test_returns_received_by_stage_and_by_type() -> None:
    base = rich.assessment()
    assert base.roster is not None
    units = {
        "1/primary": Unit("1/primary", "1", "甲", "primary", {"type": "小学"}),
        "2/primary": Unit("2/primary", "2", "乙", "primary", {"type": "九年一贯制学校"}),
        "2/junior": Unit("2/junior", "2", "乙", "junior", {"type": "九年一贯制学校"}),
    }
    absent = Finding("PC220", unit="2/junior", params={"name": "乙", "stage": "x", "year": 2023}, period=2023)
    run = replace(base, roster=replace(base.roster, units=units), findings=(absent,))
    tables = {table.cell(0, 0).text: _rows(table)[1:] for table in _read(run, "zh").tables}
    assert tables["学段"] == [["小学", "2", "2"], ["初中", "1", "0"]]
    assert tables["办学类型"] == [["小学", "1", "1"], ["九年一贯制学校", "2", "1"]]


def test_an_indicator_is_broken_down_attribute_by_attribute() -> None:
    base = rich.assessment()
    bachelor = next(each for each in base.verdicts if each.indicator == "bachelor" and each.level == "district")

    def group(by: str, word: str, value: int) -> Verdict:
        named = Text(word, word)
        return replace(
            bachelor, level="group", unit=word, name=named, by=by, value=value, marks=("advisory",), gap=None
        )

    groups = (group("stage", "小学", 95), group("stage", "初中", 98), group("zone", "山区", 96), group("x", "独", 97))
    tables = [_rows(table) for table in _read(replace(base, matrix=groups), "zh").tables if len(table.columns) == 5]
    (stages,) = [
        rows for rows in tables if rows[0][1:] == ["数值", "差距", "覆盖", "结论"]
    ]  # one group is no breakdown
    assert stages[0][0] == "分组"  # the fixture's plan has no such element
    assert [row[:2] for row in stages[1:]] == [["小学", "95%"], ["初中", "98%"]]
    assert stages[1][4] == "↘ 滞后"  # that it is advisory is plain


def test_what_is_judged_otherwise_from_this_year_on_is_told() -> None:
    base = rich.assessment()
    revised = Revision(2023, Target("≥96", ">=", Fraction(96)), "试〔2023〕9号", Text("中期调整", "mid-term"))
    earlier = replace(revised, since=2022)
    gone = Superseded(2023, Text("改用新标准", "a new standard"))
    indicators = {
        **base.plan.indicators,
        "bachelor": replace(base.plan.indicators["bachelor"], revised=(revised,)),
        "fitness": replace(base.plan.indicators["fitness"], revised=(earlier,)),
        "smart_rate": replace(base.plan.indicators["smart_rate"], superseded=gone),
    }
    text = [each.text for each in _read(replace(base, plan=replace(base.plan, indicators=indicators)), "zh").paragraphs]
    told = text[text.index("本年度起口径有变的指标") + 1 :][:3]
    assert told[0] == "3 义务教育专任教师中本科及以上学历比例　自 2023 年起 ≥96（试〔2023〕9号）：中期调整"
    assert told[1] == "4 智慧校园覆盖率　改用新标准"
    assert not told[2].startswith("2 ")


@pytest.mark.parametrize("lang", LANGS)
def test_explanations_and_waivers_are_told(lang: Lang) -> None:
    rows = [row for table in _read(rich.assessment(), lang).tables for row in _rows(table)]
    explained = next(row for row in rows if row[0] in ("情况说明", "explanation"))
    assert explained[2:5] == ["2101/primary", "2023", "=转学 <b>电话 13800138000"]
    waived = next(row for row in rows if row[0] in ("豁免", "waived"))
    assert waived[5] == "试教字〔2023〕5号 李局长"


@pytest.mark.parametrize("lang", LANGS)
def test_the_annexes_hold_checks_and_terms(lang: Lang) -> None:
    base = rich.assessment()
    check = Check(
        "parts",
        Text("各等级之和等于参加测试人数", "Grades add up"),
        "must",
        parse("a == b"),
        formula="passed == tested",
    )
    counted = CheckCount("parts", 2023, 40, 1, 2)
    run = replace(
        base, plan=replace(base.plan, checks={"parts": check}), checks=(counted, replace(counted, period=2022, held=0))
    )
    rows = [row for table in _read(run, lang).tables for row in _rows(table)]
    zh = ["各等级之和等于参加测试人数", "必须更正", "合格人数 == 测试人数", "40/1/2"]
    en = ["Grades add up", "must be corrected", "Passed == Tested", "40/1/2"]
    assert (zh if lang == "zh" else en) in rows
    words = [row[0] for row in rows if len(row) == 2]
    assert {"✓ 达标", "? 无法判定", "暂定", "豁免", "覆盖"} <= set(words) or lang == "en"
    assert {"✓ met", "? not judged", "provisional", "waived", "Cover"} <= set(words) or lang == "zh"


def test_seats_are_told_and_deliverables_are_not_counted_in_seats() -> None:
    rows = [row for table in _read(full(), "zh").tables for row in _rows(table)]
    assert ["p1工程", "2023年", "960/960", "✓ 达标", ""] in rows
    assert any(row[0] == "d1工程" and len(row) == 4 for row in rows)
    assert any("1 2023 960/1320" in paragraph.text for paragraph in _read(full(), "zh").paragraphs)


@pytest.mark.parametrize("lang", LANGS)
def test_tables_fit_the_page_and_no_row_is_torn(lang: Lang) -> None:
    document = _read(full(), lang)
    for table in document.tables:
        lying = len(table.columns) > 8 or _rows(table)[0][1:] == ["2022", "2023"]
        assert sum(column.width.cm for column in table.columns) <= (25.4 if lying else 16.7)
    assert document.element.xpath("//w:tr[not(w:trPr/w:cantSplit)]") == []
    heads = document.element.xpath("//w:tr[w:trPr/w:tblHeader]")
    assert len(heads) == len(document.tables) - 1 > 0  # all but the one on the cover


def test_chinese_text_has_a_chinese_font() -> None:
    fonts = set(_read(full(), "zh").element.xpath("//w:r[w:t]/w:rPr/w:rFonts/@w:eastAsia"))
    assert fonts == {"仿宋", "黑体"}


def test_pictures_have_words_and_hostile_names_stay_text() -> None:
    made = monitoring.render(full(), "zh")
    with ZipFile(BytesIO(made)) as parts:
        body = parts.read("word/document.xml").decode()
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
    assert pictures
    assert body.count("descr=") >= len(pictures)
    assert "\x1b" not in body and CLEAR_SCREEN not in body
    assert "<b>" not in body
