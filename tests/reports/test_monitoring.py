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
from plancheck.model import Assessment, Coverage, Group, Indicator, Milestone, Source, Target, Verdict
from plancheck.reports import monitoring
from tests.reports import rich
from tests.reports.fixture import CLEAR_SCREEN, DISTRICT

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
    assert "3 义务教育专任教师中本科及以上学历比例：按“超过96%”（bachelor@text），则为达标" in text


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


def test_seats_are_told_and_deliverables_are_not_counted_in_seats() -> None:
    rows = [row for table in _read(full(), "zh").tables for row in _rows(table)]
    assert ["p1工程", "2023年", "960/960", "✓ 达标", ""] in rows
    assert any(row[0] == "d1工程" and len(row) == 4 for row in rows)
    assert any("1 2023 960/1320" in paragraph.text for paragraph in _read(full(), "zh").paragraphs)


@pytest.mark.parametrize("lang", LANGS)
def test_tables_fit_the_page_and_no_row_is_torn(lang: Lang) -> None:
    document = _read(full(), lang)
    for table in document.tables:
        lying = len(table.columns) > 8
        assert sum(column.width.cm for column in table.columns) <= (25.4 if lying else 16.7)
    assert document.element.xpath("//w:tr[not(w:trPr/w:cantSplit)]") == []
    heads = document.element.xpath("//w:tr[w:trPr/w:tblHeader]")
    assert len(heads) == len(document.tables) > 0


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
