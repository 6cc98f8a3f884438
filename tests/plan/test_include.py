"""A plan in several files: read in order, merged by id, changed only on purpose, each fault in the file it stands in."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest

from plancheck.codes import message
from plancheck.language import Text
from plancheck.model import Finding, Mark, Ruling, Source, Target
from plancheck.plan.lint import lint
from plancheck.plan.load import load
from tests.plan.small import SMALL, faults, written

_CUTS = [SMALL.index(f"{name}:\n") for name in ("units", "elements", "forms", "indicators", "rulings")]
PLAN, UNITS, ELEMENTS, FORMS, INDICATORS, RULINGS = (
    SMALL[begin:end] for begin, end in zip([0, *_CUTS], [*_CUTS, len(SMALL)], strict=True)
)


def folder_of(folder: Path, **texts: str) -> Path:
    """Write files and return the path of `plan.yaml`; `_` in a name stands for a folder."""
    for name, text in texts.items():
        path = folder / f"{name.replace('_', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "plan.yaml"


def told(findings: tuple[Finding, ...], folder: Path) -> list[tuple[str, str, str]]:
    """Return code, file and cell of each finding."""
    return [(one.code, Path(one.file).relative_to(folder).as_posix(), one.cell) for one in findings]


@pytest.fixture
def split(tmp_path: Path) -> Path:
    return folder_of(
        tmp_path,
        plan=f"include: [parts/base.yaml, parts/judged.yaml]\n{PLAN}",
        parts_base=f"{UNITS}{ELEMENTS}",
        parts_judged=f"include: [forms.yaml]\n{INDICATORS}{RULINGS}",
        parts_forms=FORMS,
    )


def test_a_plan_in_parts_is_the_plan_in_one(split: Path, tmp_path: Path) -> None:
    whole = load(written(tmp_path / "parts", SMALL))
    parts = load(split)
    assert (parts.units, parts.elements, parts.forms, parts.rulings) == (
        whole.units, whole.elements, whole.forms, whole.rulings,
    )  # fmt: skip
    assert list(parts.indicators) == list(whole.indicators)
    assert parts.indicators["pass_rate"].mark == Mark(str(tmp_path / "parts" / "judged.yaml"), 3, 3)
    assert lint(split) == ()


def test_the_fingerprint_is_over_all_files(split: Path, tmp_path: Path) -> None:
    plan = load(split)
    names = ["plan.yaml", "parts/base.yaml", "parts/judged.yaml", "parts/forms.yaml"]
    contents = [(tmp_path / name).read_bytes() for name in names]
    assert plan.sha256 == hashlib.sha256(b"".join(contents)).hexdigest()
    assert plan.included == {
        str(tmp_path / name): hashlib.sha256(content).hexdigest()
        for name, content in zip(names[1:], contents[1:], strict=True)
    }


def test_an_entry_is_changed_key_by_key_and_keeps_its_place(tmp_path: Path) -> None:
    path = folder_of(
        tmp_path,
        plan="include: [city.yaml]\n"
        "plan: {id: district, document: 区发〔2022〕2号}\n"
        "units: {code_pattern: '[0-9]{8}'}\n"
        "elements:\n  tested: {override: true, words: [实测人数]}\n  extra: {label: {zh: 新, en: New}, unit: person}\n"
        "forms:\n  roster: {override: true, columns: [code, name, stage, type, area, extra]}\n"
        "indicators:\n  pass_rate: {override: true, target: \"≥99\"}\n"
        "rulings:\n  - {id: pass_rate_text, override: true, reading: {zh: 从严, en: Stricter}}\n"
        "  - {id: second, on: [], conflict: [], reading: {zh: 乙, en: B}, why: {zh: 丙, en: C}}\n",
        city=SMALL,
    )  # fmt: skip
    plan = load(path)
    assert (plan.id, plan.document, plan.title) == ("district", "区发〔2022〕2号", Text("小规划", "Small plan"))
    assert (plan.units.code_pattern, plan.units.code) == ("[0-9]{8}", "code")
    assert plan.elements["tested"].words == ("测试人数", "实测人数")
    assert (list(plan.elements)[6], list(plan.elements)[-1]) == ("tested", "extra")
    assert [column.element for column in plan.forms["roster"].columns][-1] == "extra"
    assert next(iter(plan.indicators)) == "pass_rate"
    assert plan.indicators["pass_rate"].target == Target("≥99", ">=", Fraction(99))
    assert plan.indicators["pass_rate"].no == 1
    assert plan.rulings[0] == Ruling(
        "pass_rate_text",
        ("pass_rate",),
        (Source("正文", "超过98%"),),
        Text("从严", "Stricter"),
        Text("专栏为准", "It prevails"),
    )
    assert [ruling.id for ruling in plan.rulings] == ["pass_rate_text", "second"]
    assert lint(path) == ()


def test_a_file_that_two_include_is_read_once(tmp_path: Path) -> None:
    path = folder_of(
        tmp_path,
        plan="include: [a.yaml, b.yaml]\n" + PLAN,
        a=f"include: [base.yaml]\n{FORMS}",
        b=f"include: [./base.yaml]\n{INDICATORS}elements: {{tested: {{override: true, words: [实测]}}}}\n",
        base=f"{UNITS}{ELEMENTS}",
    )
    assert load(path).elements["tested"].words == ("测试人数", "实测")


def _city(tmp_path: Path, **texts: str) -> tuple[Finding, ...]:
    return faults(folder_of(tmp_path, city=SMALL, **texts))


@pytest.mark.parametrize(
    ("plan", "code", "cell", "zh", "en"),
    [
        ("include: [cities.yaml]\n" + SMALL, "PC121", "1:11",
         "无法读取引入的文件“cities.yaml”：文件不存在", "The included file 'cities.yaml' cannot be read: there is no such file"),
        ("include: [.]\n" + SMALL, "PC121", "1:11",
         "无法读取引入的文件“.”：这是一个文件夹", "The included file '.' cannot be read: it is a folder"),
        ("include: [plan.yaml]\n" + SMALL, "PC122", "1:11",
         "文件相互引入，成了一个环：plan.yaml → plan.yaml", "The files include each other in a circle: plan.yaml → plan.yaml"),
        ("include: city.yaml\n" + SMALL, "PC108", "1:10",
         "“include”应为列表 […]，现为“city.yaml”", "'include' must be a list […], found 'city.yaml'"),
        ("include: [city.yaml]\nelements:\n  tested: {label: {zh: 甲, en: A}, unit: person}\n", "PC123", "3:3",
         "编号“tested”已在 city.yaml:25 使用", "The id 'tested' is given already at city.yaml:25"),
        ("include: [city.yaml]\nindicators:\n  smart_rat: {override: true, no: 9}\n", "PC124", "3:3",
         "没有更早的指标“smart_rat”可供改写，是否应为“smart_rate”？",
         "There is no earlier indicator 'smart_rat' to override; did you mean 'smart_rate'?"),
        ("include: [city.yaml]\nrulings:\n  - {id: pass_rate_tex, override: true, why: {zh: 甲, en: A}}\n", "PC124", "3:5",
         "没有更早的口径裁定“pass_rate_tex”可供改写，是否应为“pass_rate_text”？",
         "There is no earlier ruling 'pass_rate_tex' to override; did you mean 'pass_rate_text'?"),
        ("include: [city.yaml]\nrulings:\n  - {id: pass_rate_text, on: []}\n", "PC123", "3:5",
         "编号“pass_rate_text”已在 city.yaml:94 使用", "The id 'pass_rate_text' is given already at city.yaml:94"),
        ("include: [city.yaml]\nindicators:\n  smart_rate: {override: yes, no: 9}\n", "PC108", "3:26",
         "“override”应为true 或 false，现为“yes”", "'override' must be true or false, found 'yes'"),
    ],
)  # fmt: skip
def test_a_fault_of_including(plan: str, code: str, cell: str, zh: str, en: str, tmp_path: Path) -> None:
    findings = _city(tmp_path, plan=plan)
    assert told(findings, tmp_path)[0] == (code, "plan.yaml", cell)
    assert message(code, findings[0].params, "zh") == zh
    assert message(code, findings[0].params, "en") == en


def test_an_override_without_anything_before_it_is_one_of_nothing(tmp_path: Path) -> None:
    path = folder_of(tmp_path, plan=SMALL.replace("    no: 1\n", "    no: 1\n    override: true\n"))
    assert told(faults(path), tmp_path) == [("PC124", "plan.yaml", "61:3")]


def test_override_false_is_as_if_it_were_not_written(tmp_path: Path) -> None:
    path = folder_of(tmp_path, plan=SMALL.replace("    no: 1\n", "    no: 1\n    override: false\n"))
    assert load(path).indicators["pass_rate"].no == 1


def test_files_that_include_each_other_are_told_where_the_circle_closes(tmp_path: Path) -> None:
    path = folder_of(
        tmp_path,
        plan=f"include: [a.yaml]\n{SMALL}",
        a="include: [x/b.yaml]\n",
        x_b="include: [../a.yaml]\n",
    )
    findings = faults(path)
    assert told(findings, tmp_path)[0] == ("PC122", "x/b.yaml", "1:11")
    assert findings[0].params["chain"] == "a.yaml → b.yaml → a.yaml"


def test_each_fault_names_the_file_it_stands_in(split: Path, tmp_path: Path) -> None:
    base, judged, forms = (tmp_path / "parts" / f"{name}.yaml" for name in ("base", "judged", "forms"))
    base.write_text(base.read_text().replace("unit: person, words", "unit: persons, words"))
    judged.write_text(judged.read_text().replace("numerator: passed", "numerator: passd").replace('"≥98"', ">98"))
    forms.write_text(forms.read_text().replace("[money, kept]", "[money, kepd]").replace("by: [group]", "bye: [group]"))
    split.write_text(split.read_text().replace("  id: small\n", ""))
    expected = [
        ("PC107", "plan.yaml", "2:1"),
        ("PC108", "parts/base.yaml", "19:49"),
        ("PC109", "parts/judged.yaml", "7:16"),
        ("PC112", "parts/judged.yaml", "11:13"),
        ("PC106", "parts/forms.yaml", "6:5"),
        ("PC109", "parts/forms.yaml", "21:22"),
    ]
    assert told(faults(split), tmp_path) == expected
    assert told(lint(split), tmp_path) == expected


def test_a_broken_file_does_not_hide_the_faults_of_the_others(split: Path, tmp_path: Path) -> None:
    (tmp_path / "parts" / "forms.yaml").write_text("forms: [\n")
    found = told(faults(split), tmp_path)
    assert ("PC102", "parts/forms.yaml", "2:1") in found
    assert ("PC107", "plan.yaml", "1:1") in found  # no forms are left


@pytest.mark.parametrize(("content", "code", "cell"), [(b"", "PC101", ""), (b"\xff\xfea", "PC101", "1:1"), (b"- a\n", "PC108", "1:1")])  # fmt: skip
def test_an_included_file_that_is_none(content: bytes, code: str, cell: str, tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_bytes(content)
    path = folder_of(tmp_path, plan=f"include: [part.yaml]\n{SMALL}")
    assert told(faults(path), tmp_path) == [(code, "part.yaml", cell)]


def test_a_hundred_files_and_two_megabytes_are_the_limit(tmp_path: Path) -> None:
    names = [f"part{number}" for number in range(100)]
    folder_of(tmp_path, **dict.fromkeys(names, "include: []\n"))
    listed = ", ".join(f"{name}.yaml" for name in names)
    findings = faults(folder_of(tmp_path, plan=f"include: [{listed}]\n{SMALL}"))
    (over,) = [one for one in findings if one.code == "PC105"]
    assert (
        message("PC105", over.params, "en") == "The plan file is too large or too deep: the number of files exceeds 100"
    )
    (tmp_path / "part0.yaml").write_text("#" * 1_999_000)
    (tmp_path / "part1.yaml").write_text("#" * 2_000)
    findings = faults(folder_of(tmp_path, plan=f"include: [part0.yaml, part1.yaml]\n{SMALL}"))
    (over,) = [one for one in findings if one.code == "PC105"]
    assert (
        message("PC105", over.params, "en")
        == "The plan file is too large or too deep: the size of all files exceeds 2 MB"
    )


GROUPS = "groups: {one: {label: {zh: 一, en: One}}, two: {label: {zh: 二, en: Two}}}\n"


def test_indicators_stand_in_the_order_of_their_groups_whatever_file_they_stand_in(tmp_path: Path) -> None:
    grouped = INDICATORS.replace("    no: 1\n", "    no: 1\n    group: two\n").replace(
        "    no: 3\n", "    no: 3\n    group: one\n"
    )
    further = grouped[grouped.index("  pass_rate:") : grouped.index("  smart_rate:")]
    second = further.replace("pass_rate", "second").replace("    no: 1\n", "")
    path = folder_of(
        tmp_path,
        plan=f"include: [rest.yaml]\n{PLAN}{GROUPS}indicators:\n{second}",
        rest=f"{UNITS}{ELEMENTS}{FORMS}{grouped}{RULINGS}",
    )
    assert list(load(path).indicators) == ["money_kept", "pass_rate", "second", "smart_rate"]
