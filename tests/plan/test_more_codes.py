"""Faults in the further kinds of measures, targets and timings: each at its line and column, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from plancheck.codes import CODES, hint, message
from plancheck.plan.lint import lint
from plancheck.plan.load import examine
from tests.plan.rich import RICH, varied
from tests.plan.small import faults, place_of, written
from tests.plan.test_lint import DOUBTS
from tests.plan.test_plan_codes import ONE, QUESTIONABLE, UNUSABLE
from tests.plan.test_schema import findings_of


class Case(NamedTuple):
    """One change to the rich plan, and the one fault it must give, at the first place where `at` stands."""

    code: str
    old: str
    new: str
    at: str
    zh: str
    en: str


PEAKS = RICH[RICH.index("    unit: school") : RICH.index("    nature: aspiration")]
MYOPIA = RICH[RICH.index("    unit: point") : RICH.index("    due: every_year", RICH.index("    unit: point"))]

CASES = (
    Case("PC106", "at_least: 2", "atleast: 2", "atleast",
         "指标“townships”中没有“atleast”这一键，是否应为“at_least”？",
         "There is no key 'atleast' in indicator 'townships'; did you mean 'at_least'?"),
    Case("PC106", "    weight: tested\n", "    weight: tested\n    least: 3\n", "least: 3",
         "指标“spread”中没有“least”这一键，是否应为“years”？", "There is no key 'least' in indicator 'spread'; did you mean 'years'?"),
    Case("PC106", "    values: [填报值]\n", "    values: [填报值]\n    by: [kept]\n", "by: [kept]",
         "报表“district”中没有“by”这一键", "There is no key 'by' in form 'district'"),
    Case("PC109", "key: project\n", "key: project\n    by: [seatz]\n", "seatz]",
         "没有名为“seatz”的填报项，是否应为“seats”？", "There is no element named 'seatz'; did you mean 'seats'?"),
    Case("PC107", "    key: project\n", "", "projects:\n",
         "报表“projects”缺少“key”", "form 'projects' lacks 'key'"),
    Case("PC107", "    against: money - 1\n", "", "pay:\n", "指标“pay”缺少“against”", "indicator 'pay' lacks 'against'"),
    Case("PC107", "    weight: tested\n", "", "spread:\n", "指标“spread”缺少“weight”", "indicator 'spread' lacks 'weight'"),
    Case("PC107", "    planned: 960\n", "", "new_school:\n",
         "指标“new_school”缺少“planned”", "indicator 'new_school' lacks 'planned'"),
    Case("PC107", "    delivered: seats\n", "", "new_school:\n",
         "指标“new_school”缺少“delivered”", "indicator 'new_school' lacks 'delivered'"),
    Case("PC107", "    target: {primary: \"≥5\", ", "    stages: [primary]\n    target: {", "target: {junior",
         "指标“lessons”的“target”缺少“primary”", "'target' of indicator 'lessons' lacks 'primary'"),
    Case("PC107", "    of: projects\n    condition", "    condition", "lead_schools:\n",
         "指标“lead_schools”缺少“of”", "indicator 'lead_schools' lacks 'of'"),
    Case("PC107", "    target: ≤0.50\n", "", "spread:\n", "指标“spread”缺少“target”", "indicator 'spread' lacks 'target'"),
    Case("PC108", "key: project\n", "key: project\n    roster: true\n", "true\n    columns: [project",
         "“roster”应为false，台账不能作名录，现为“true”", "'roster' must be false, as a list cannot be the roster, found 'true'"),
    Case("PC108", "size: pupils", "size: township", "township\n",
         "“size”应为计数的填报项，现为“township”", "'size' must be an element that counts, found 'township'"),
    Case("PC108", "nature: aspiration", "nature: hope", "hope",
         "“nature”应为 binding、aspiration 之一，现为“hope”", "'nature' must be one of binding, aspiration, found 'hope'"),
    Case("PC108", "coverage: \"80%\"", "coverage: \"80\"", "\"80\"",
         "“coverage”应为0% 以上、至多 100% 的百分数，如 80%，现为“80”",
         "'coverage' must be a percentage above 0 % and up to 100 %, such as 80%, found '80'"),
    Case("PC108", "coverage: \"80%\"", "coverage: 101%", "101%",
         "“coverage”应为0% 以上、至多 100% 的百分数，如 80%，现为“101%”",
         "'coverage' must be a percentage above 0 % and up to 100 %, such as 80%, found '101%'"),
    Case("PC108", "floor: 85%", "floor: 0%", "0%\n",
         "“floor”应为0% 以上、至多 100% 的百分数，如 80%，现为“0%”",
         "'floor' must be a percentage above 0 % and up to 100 %, such as 80%, found '0%'"),
    Case("PC108", "{places: 1}", "{places: ten}", "ten}",
         "“places”应为0 至 9 的整数，现为“ten”", "'places' must be a whole number from 0 to 9, found 'ten'"),
    Case("PC108", "{places: 1}", "{places: 1, half: down}", "down",
         "“half”应为 even、up 之一，现为“down”", "'half' must be one of even, up, found 'down'"),
    Case("PC108", "from: prior_year", "from: last_year", "last_year",
         "“from”应为 prior_year、baseline_year、average_per_year 之一，现为“last_year”",
         "'from' must be one of prior_year, baseline_year, average_per_year, found 'last_year'"),
    Case("PC108", "{2023: \"≥6150\"", "{2020: \"≥6150\"", "2020: \"",
         "“steps”应为2021 至 2025 的整数，现为“2020”", "'steps' must be a whole number from 2021 to 2025, found '2020'"),
    Case("PC108", "{2023: \"≥6150\"", "{2023: [6150]", "[6150]",
         "“2023”应为目标，如 \">98\"，现为“列表”", "'2023' must be a target such as \">98\", found 'a list'"),
    Case("PC108", "since: 2024, target", "since: 2020, target", "2020, target",
         "“since”应为2021 至 2200 的整数，现为“2020”", "'since' must be a whole number from 2021 to 2200, found '2020'"),
    Case("PC108", "years: [2024, 2023]", "years: [2024, 23]", "23]\n    coverage",
         "“years”应为1900 至 2200 的整数，现为“23”", "'years' must be a whole number from 1900 to 2200, found '23'"),
    Case("PC108", "by: peaks", "by: seats_built", "seats_built, why",
         "“by”应为另一个指标，现为“seats_built”", "'by' must be another indicator, found 'seats_built'"),
    Case("PC108", "id: seats_built@annex", "id: seats_built@附件", "seats_built@附件",
         "“id”应为指标编号，或“编号@出处”，现为“seats_built@附件”", "'id' must be an id, or id@place, found 'seats_built@附件'"),
    Case("PC108", PEAKS, PEAKS.replace("school", "percent").replace("10所", "10"), "percent\n    count",
         "“unit”应为计数的单位，如 school、person、number，现为“percent”",
         "'unit' must be a unit that counts, such as school, person, number, found 'percent'"),
    Case("PC108", MYOPIA, MYOPIA.replace("point", "percent").replace("一个百分点", "1%"), "percent\n    change: {from: prior",
         "“unit”应为point（百分点）或数量的单位，不是 percent，现为“percent”",
         "'unit' must be point, or the amount's own unit, not percent, found 'percent'"),
    Case("PC108", "    of: projects\n    target: \"9442\"", "    of: projects\n    level: unit\n    target: \"9442\"", "unit\n    target: \"9442\"",
         "“level”应为district，因为台账的行不是填报单位，现为“unit”",
         "'level' must be district, because the rows of a list are no units, found 'unit'"),
    Case("PC108", "    least: 1\n", "    least: 1\n    level: district\n", "district\n    floor",
         "“level”应为unit，因为 k_of 按单位计算，现为“district”",
         "'level' must be unit, because k_of is counted for each unit, found 'district'"),
    Case("PC108", "    weight: tested\n", "    weight: tested\n    of: projects\n", "projects\n    target: ≤0.50",
         "“of”应为不写 of 的指标：它不按台账的行计算，现为“projects”",
         "'of' must be left out: this measure is not one of the rows of a list, found 'projects'"),
    Case("PC108", "kind: coverage", "kind: narrative", "narrative\n    unit",
         "“kind”应为与算法一致：narrative 只用于 narrative，现为“narrative”",
         "'kind' must be what the measure is: narrative stands with narrative only, found 'narrative'"),
    Case("PC108", "    value: money\n", "    value: money\n    numerator: passed\n    denominator: tested\n",
         "passed\n    denominator: tested\n    target: 年均",
         f"“numerator”应为唯一的一种算法（{ONE}），现为“value, numerator”",
         f"'numerator' must be the only measure ({ONE}), found 'value, numerator'"),
    Case("PC108", "change: {from: prior_year}", "change: prior_year", "prior_year",
         "“change”应为“键: 值”的表，现为“prior_year”", "'change' must be a mapping of 'key: value', found 'prior_year'"),
    Case("PC108", "done_year: finished_in", "done_year: finished", "finished\n    delivered",
         "“done_year”应为单位为 year 或 number 的填报项，现为“finished”",
         "'done_year' must be an element whose unit is year or number, found 'finished'"),
    Case("PC108", "delivered: seats", "delivered: finished", "finished\n    planned",
         "“delivered”应为数值型的填报项，现为“finished”", "'delivered' must be an element that is a number, found 'finished'"),
    Case("PC108", "{third: [第三小学", "{三小: [第三小学", "三小: [",
         "“members”应为以小写字母开头、由小写字母数字和“_”组成的编号，现为“三小”",
         "'members' must be an id of small letters, digits and _, letter first, found '三小'"),
    Case("PC108", "forms:", "  period: {label: {zh: 年, en: Year}, unit: year}\nforms:", "period: {label",
         "“period”应为公式用词以外的编号，现为“period”", "'period' must be an id that is no word of formulas, found 'period'"),
    Case("PC103", "first: [第一中学]", "first: [三小]", "三小]}\n    of",
         "键“三小”重复，首次出现在第 160 行", "Key '三小' stands twice; first at line 160"),
    Case("PC109", "{by: township, 甲镇:", "{by: township, 丙镇:", "丙镇",
         "没有名为“丙镇”的units.groups 中的成员",
         "There is no member in units.groups named '丙镇'"),
    Case("PC109", "every: township", "every: smart", "smart\n    count",
         "没有名为“smart”的属性（units.attributes）", "There is no attribute (of units.attributes) named 'smart'"),
    Case("PC109", "{primary: \"≥5\", junior", "{primry: \"≥5\", junior", "primry",
         "没有名为“primry”的学段，是否应为“primary”？", "There is no stage named 'primry'; did you mean 'primary'?"),
    Case("PC109", "group: table", "group: tables", "tables",
         "没有名为“tables”的分组（groups），是否应为“table”？", "There is no group (of groups) named 'tables'; did you mean 'table'?"),
    Case("PC109", "of: projects\n    done", "of: schools\n    done", "schools\n    done",
         "没有名为“schools”的台账（rows: list 的报表）", "There is no list (a form with rows: list) named 'schools'"),
    Case("PC109", "by: peaks", "by: peeks", "peeks",
         "没有名为“peeks”的指标，是否应为“peaks”？", "There is no indicator named 'peeks'; did you mean 'peaks'?"),
    Case("PC109", "[lessons, smart_rate]", "[lesons, smart_rate]", "lesons",
         "没有名为“lesons”的指标，是否应为“lessons”？", "There is no indicator named 'lesons'; did you mean 'lessons'?"),
    Case("PC110", "count: grade >= \"B\"", "count: grade >= \"D\"", "grade >= \"D\"",
         "公式“grade >= \"D\"”第 1 个字符处有误：grade 没有“D”这一选项，可用：a, b, c, not_rated",
         "Formula 'grade >= \"D\"' is wrong at character 1: grade has no choice 'D'; it has a, b, c, not_rated"),
    Case("PC110", "count: grade >= \"B\"", "count: grade > \"A\"", "grade > \"A\"",
         "公式“grade > \"A\"”第 1 个字符处有误：没有比“a”更进一步的等级",
         "Formula 'grade > \"A\"' is wrong at character 1: no grade lies beyond 'a'"),
    Case("PC110", "count: grade >= \"B\"", "count: grade >= \"未评\"", "grade >= \"未评\"",
         "公式“grade >= \"未评\"”第 1 个字符处有误：未评级的不在等级顺序之内",
         "Formula 'grade >= \"未评\"' is wrong at character 1: what is not rated stands outside the order of grades"),
    Case("PC110", "count: grade >= \"B\"", "count: grade >= tested", "grade >= tested",
         "公式“grade >= tested”第 1 个字符处有误：此处应为数，却是文字",
         "Formula 'grade >= tested' is wrong at character 1: a number is expected, not a word"),
    Case("PC110", "stage == \"小学\"", "stage == \"大学\"", "stage == \"大学\"",
         "公式“grade != \"not_rated\" and period >= 2022 and stage == \"大学\"”第 45 个字符处有误：stage 没有“大学”这一选项，可用：primary, junior",
         "Formula 'grade != \"not_rated\" and period >= 2022 and stage == \"大学\"' is wrong at character 45: "
         "stage has no choice '大学'; it has primary, junior"),
    Case("PC111", "target: 不低于", "target: 不低于5", "不低于5\n    due",
         "看不懂目标“不低于5”：compare 的目标应是不带数的“不低于”一类的话",
         "The target '不低于5' is not understood: compare needs a wording without a number, such as 不低于"),
    Case("PC111", "target: 每年下降一个百分点", "target: 逐年下降", "逐年下降",
         "看不懂目标“逐年下降”：change 的目标应是“下降1个百分点”一类的话或数",
         "The target '逐年下降' is not understood: a change needs a number or a wording such as 下降1个百分点"),
    Case("PC111", "    planned: 960\n", "    planned: 960\n    target: \"100\"\n", "\"100\"\n    due: 2023\n    source: {clause: 附件1, quote: 第七",
         "看不懂目标“100”：milestone 的目标应是“完成”", "The target '100' is not understood: a milestone needs 完成 (done)"),
    Case("PC111", "target: ≤0.50", "target: 下降0.5", "下降0.5",
         "看不懂目标“下降0.5”：这种指标的目标应是数", "The target '下降0.5' is not understood: this indicator needs a number as its target"),
    Case("PC111", "target: 9000以上", "target: 许多", "许多", "看不懂目标“许多”：看不出数值", "The target '许多' is not understood: no number is seen"),
    Case("PC112", "{2023: \"≥6150\", 2022: 3060以上}", "\n      2022: >3060\n", ">3060",
         "目标“>3060”没有加引号，YAML 把“>”当作文本块标记", "Target >3060 has no quotes, so YAML takes '>' for a text block"),
    Case("PC123", "id: seats_again", "id: peaks", "peaks, source",
         "编号“peaks”已在 plan.yaml:136 使用", "The id 'peaks' is given already at plan.yaml:136"),
    Case("PC123", "id: seats_again", "id: seats_built@annex", "seats_built@annex, source: {clause: 正文 11",
         "编号“seats_built@annex”已在 plan.yaml:230 使用", "The id 'seats_built@annex' is given already at plan.yaml:230"),
    Case("PC125", "{township: [甲镇, 乙镇]}", "{township: []}", "township: []",
         "属性“township”没有列出任何成员", "No members of the attribute 'township' are given"),
    Case("PC131", "milestone: [七小, 第七小学新建]", "milestone: []", "[]\n    of",
         "指标“new_school”的“milestone”是空的，没有指明任何对象", "'milestone' of indicator 'new_school' is empty and names nothing"),
    Case("PC131", "members: {third: [第三小学, 三小], first: [第一中学]}", "members: {}", "{}\n    of",
         "指标“lead_schools”的“members”是空的，没有指明任何对象", "'members' of indicator 'lead_schools' is empty and names nothing"),
    Case("PC131", "first: [第一中学]", "first: []", "[]}\n    of",
         "指标“lead_schools”的“first”是空的，没有指明任何对象", "'first' of indicator 'lead_schools' is empty and names nothing"),
    Case("PC131", "c: [C级]", "c: []", "[], not_rated",
         "填报项“grade”的“c”是空的，没有指明任何对象", "'c' of element 'grade' is empty and names nothing"),
    Case("PC131", "k_of: [lessons, smart_rate]", "k_of: []", "[]\n    least",
         "指标“most_of”的“k_of”是空的，没有指明任何对象", "'k_of' of indicator 'most_of' is empty and names nothing"),
    Case("PC131", "years: [2024, 2023]", "years: []", "[]\n    coverage",
         "指标“townships”的“years”是空的，没有指明任何对象", "'years' of indicator 'townships' is empty and names nothing"),
    Case("PC131", "target: {by: township, 甲镇: \"≥30\", 乙镇: \"≥20\"}", "target: {by: township}", "target: {by: township}",
         "指标“books_by_area”的“target”是空的，没有指明任何对象", "'target' of indicator 'books_by_area' is empty and names nothing"),
    Case("PC132", "k_of: [lessons, smart_rate]", "k_of: [lessons, peaks]", "peaks]\n    least",
         "k_of 中的“peaks”是区级指标，不能按单位计算", "'peaks' in k_of is one of the district, so it has no result for each unit"),
    Case("PC132", "k_of: [lessons, smart_rate]", "k_of: [lessons, most_of]", "most_of]",
         "k_of 中的“most_of”本身是 k_of，不能按单位计算", "'most_of' in k_of is a k_of itself, so it has no result for each unit"),
    Case("PC133", "least: 1\n", "least: 3\n", "3\n    floor",
         "要求至少达到 3 项，却只列了 2 项", "At least 3 are asked for, but only 2 are named"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.new.strip()[:30]}")
def test_a_fault_is_told_once_with_its_place_and_words(case: Case, tmp_path: Path) -> None:
    text = varied(case.old, case.new)
    path = written(tmp_path, text)
    (finding,) = faults(path)

    assert (finding.code, finding.cell) == (case.code, place_of(text, case.at))
    assert message(finding.code, finding.params, "zh") == case.zh
    assert message(finding.code, finding.params, "en") == case.en
    assert hint(finding.code, finding.params, "zh") != hint(finding.code, finding.params, "en")
    # Whatever the schema refuses, loading has refused in the same part of the file.
    assert lint(path) == examine(path).findings


def test_the_rich_plan_is_what_the_schema_describes(tmp_path: Path) -> None:
    assert findings_of(RICH) == ()
    assert lint(written(tmp_path, RICH)) == ()


def test_every_code_of_the_family_has_a_case() -> None:
    tried = {case.code for case in (*UNUSABLE, *QUESTIONABLE, *CASES)}
    elsewhere = {"PC101", "PC105", "PC113", "PC121", "PC122", "PC124"}  # test_load.py, _yaml_tree, _schema, _include
    elsewhere |= {"PC134", "PC135", "PC136"}  # test_waivers.py
    elsewhere |= {doubt.code for doubt in DOUBTS}
    assert tried | elsewhere == {code for code in CODES if code.startswith("PC1")}
