"""Each code of a faulty plan file: raised, at its line and column, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from plancheck.codes import CODES, hint, message
from plancheck.plan.lint import lint
from tests.plan.small import SMALL, at, changed, faults, places, written


class Case(NamedTuple):
    """One change to the small plan, and the first fault it must give. `begins` is what stands at the cell."""

    code: str
    old: str
    new: str
    cell: str
    begins: str
    zh: str
    en: str


ONE = (
    "numerator + denominator | value | share | count | every | members | series | change | compare | dispersion | "
    "k_of | milestone | narrative"
)

UNUSABLE = (
    Case("PC102", "due: by_end", "due: by: end", "70:12", ": end",
         "YAML 语法错误：此处不应出现“: ”；值里有冒号要加引号，或上一行缩进不对",
         "YAML syntax error: ': ' cannot stand here; quote a value that holds a colon, or mend the line above"),
    Case("PC102", "due: by_end", "due：by_end", "70:5", "due：by_end",
         "YAML 语法错误：这一行用了全角冒号“：”，须改为半角“: ”",
         "YAML syntax error: this line has a full-width colon; write ': '"),
    Case("PC102", "    due: by_end", "\tdue: by_end", "70:1", "\tdue",
         "YAML 语法错误：此处是制表符（Tab），缩进只能用空格", "YAML syntax error: a tab stands here; indent with spaces"),
    Case("PC102", "due: by_end", "due: @end", "70:10", "@end",
         "YAML 语法错误：值不能以“@”开头，请加引号", "YAML syntax error: a value cannot begin with '@'; quote it"),
    Case("PC102", "rulings:", "---\nrulings:", "93:1", "---",
         "YAML 语法错误：文件里有多个文档（---），只能有一个",
         "YAML syntax error: there are several documents (---); one is expected"),
    Case("PC102", "id: small", "id: sm\0all", "2:9", "\0all",
         "YAML 语法错误：控制字符 U+0000", "YAML syntax error: control character U+0000"),
    Case("PC102", "id: small", "[a]: small", "2:3", "[a]",
         "YAML 语法错误：键必须是一段简单的文字", "YAML syntax error: a key must be a simple text"),
    Case("PC103", "  smart_rate:", "  pass_rate:", "74:3", "pass_rate:",
         "键“pass_rate”重复，首次出现在第 61 行", "Key 'pass_rate' stands twice; first at line 61"),
    Case("PC103", "[name, tested]", "[name, name]", "40:22", "name]",
         "键“name”重复，首次出现在第 40 行", "Key 'name' stands twice; first at line 40"),
    Case("PC103", "[民办, '2']", "[民办, 公办]", "31:48", "公办]",
         "键“公办”重复，首次出现在第 31 行", "Key '公办' stands twice; first at line 31"),
    Case("PC104", "id: small", "id: &x small", "2:7", "&x",
         "不接受 YAML 锚点、别名和自定义标签：&x", "YAML anchors, aliases and tags are not accepted: &x"),
    Case("PC104", "id: small", "id: !!str small", "2:7", "!!str",
         "不接受 YAML 锚点、别名和自定义标签：tag:yaml.org,2002:str",
         "YAML anchors, aliases and tags are not accepted: tag:yaml.org,2002:str"),
    Case("PC106", "baseline: \"97.5\"", "basline: \"97.5\"", "71:5", "basline",
         "指标“pass_rate”中没有“basline”这一键，是否应为“baseline”？",
         "There is no key 'basline' in indicator 'pass_rate'; did you mean 'baseline'?"),
    Case("PC106", "rulings:", "clausulae: {}\nrulings:", "93:1", "clausulae",
         "规划文件中没有“clausulae”这一键", "There is no key 'clausulae' in the plan file"),
    Case("PC106", "unit: person, words", "unit: person, choices: {a: [b]}, words", "25:57", "choices",
         "填报项“tested”中没有“choices”这一键", "There is no key 'choices' in element 'tested'"),
    Case("PC107", "    source: {clause: 专栏 1, quote: 达标率 97.5 ≥98}\n", "", "61:3", "pass_rate:",
         "指标“pass_rate”缺少“source”", "indicator 'pass_rate' lacks 'source'"),
    Case("PC107", "    due: by_end\n", "", "61:3", "pass_rate:",
         "指标“pass_rate”缺少“due”", "indicator 'pass_rate' lacks 'due'"),
    Case("PC107", "    numerator: passed\n    denominator: tested\n", "", "61:3", "pass_rate:",
         f"指标“pass_rate”缺少“{ONE}”",
         f"indicator 'pass_rate' lacks '{ONE}'"),
    Case("PC107", "    numerator: passed\n", "", "61:3", "pass_rate:",
         "指标“pass_rate”缺少“numerator”", "indicator 'pass_rate' lacks 'numerator'"),
    Case("PC107", "{zh: 说明, en: Remark}", "{zh: 说明}", "73:5", "note",
         "指标“pass_rate”的“note”缺少“en”", "'note' of indicator 'pass_rate' lacks 'en'"),
    Case("PC108", "unit: percent", "unit: per cent", "64:11", "per cent",
         "“unit”应为 person、school、thing、time、lesson、minute、yuan、10k_yuan、m2、year、number、percent、point 之一，"
         "现为“per cent”",
         "'unit' must be one of person, school, thing, time, lesson, minute, yuan, 10k_yuan, m2, year, number, percent, "
         "point, found 'per cent'"),
    Case("PC108", "no: 1", "no: one", "62:9", "one",
         "“no”应为1 至 9999 的整数，现为“one”", "'no' must be a whole number from 1 to 9999, found 'one'"),
    Case("PC108", "due: by_end", "due:", "70:9", "",
         "“due”应为一段文字，现为“空”", "'due' must be a text, found 'nothing'"),
    Case("PC108", "due: by_end", "due: later", "70:10", "later",
         "“due”应为 by_end、every_year、each_step、none、年份（如 2025）或 {when: 条件}，现为“later”",
         "'due' must be by_end, every_year, each_step, none, a year such as 2025, or {when: a condition}, found 'later'"),
    Case("PC108", "target: 2025", "target: 2020", "6:11", "2020",
         "“target”应为2021 至 2200 的整数，现为“2020”", "'target' must be a whole number from 2021 to 2200, found '2020'"),
    Case("PC108", "roster: true", "roster: yes", "58:13", "yes",
         "“roster”应为true 或 false，现为“yes”", "'roster' must be true or false, found 'yes'"),
    Case("PC108", "declared: kept", "declared: money", "91:15", "money",
         "“declared”应为单位为 yes_no 的填报项，现为“money”",
         "'declared' must be an element whose unit is yes_no, found 'money'"),
    Case("PC108", "baseline: \"97.5\"", "baseline: about 97", "71:15", "about",
         "“baseline”应为数，没有时写“-”，现为“about 97”", "'baseline' must be a number, or '-' for none, found 'about 97'"),
    Case("PC108", "'[0-9]{10}'", "'[0-9'", "12:17", "'[0-9'",
         "“code_pattern”应为正则表达式，现为“[0-9”", "'code_pattern' must be a regular expression, found '[0-9'"),
    Case("PC108", "'[0-9]{10}'", "'[[0-9]]{10}'", "12:17", "'[[0-9",
         "“code_pattern”应为正则表达式，现为“[[0-9]]{10}”", "'code_pattern' must be a regular expression, found '[[0-9]]{10}'"),
    Case("PC108", "forms:", "  if: {label: {zh: 甲, en: A}, unit: text}\nforms:", "34:3", "if:",
         "“if”应为公式用词以外的编号，现为“if”", "'if' must be an id that is no word of formulas, found 'if'"),
    Case("PC108", "forms:", "  Smart: {label: {zh: 甲, en: A}, unit: text}\nforms:", "34:3", "Smart:",
         "“elements”应为以小写字母开头、由小写字母数字和“_”组成的编号，现为“Smart”",
         "'elements' must be an id of small letters, digits and _, letter first, found 'Smart'"),
    Case("PC108", "  share: ", "  numerator: passed\n    denominator: tested\n    share: ", "80:12", "智慧校园",
         f"“share”应为唯一的一种算法（{ONE}），现为“numerator, share”",
         f"'share' must be the only measure ({ONE}), found 'numerator, share'"),
    Case("PC108", "    unit: percent\n    share", "    unit: person\n    share", "77:11", "person",
         "“unit”应为percent，因为 share 是占比，现为“person”", "'unit' must be percent, because a share is one, found 'person'"),
    Case("PC108", "  name: name", "  name: tested", "9:9", "tested",
         "“name”应为单位为 text 的填报项，现为“tested”", "'name' must be an element whose unit is text, found 'tested'"),
    Case("PC108", "    reporter: district\n", "    roster: true\n", "55:3", "roster:",
         "“roster”应为只在一张报表中为 true，现为“roster”", "'roster' must be true in one form only, found 'roster'"),
    Case("PC108", "[人数 > 测试, 参测人数]", "参测人数", "45:15", "参测人数",
         "“tested”应为表头列表，如 [专任教师 > 本科]，现为“参测人数”",
         "'tested' must be a list of headers, such as [专任教师 > 本科], found '参测人数'"),
    Case("PC108", "words: [测试 > 合计]", "words: [' > 合计']", "25:65", "' > 合计'",
         "“words”应为表头用词，层级写作“上级 > 下级”，现为“> 合计”",
         "'words' must be a header word, levels as 'upper > lower', found '> 合计'"),
    Case("PC107", "    columns: [money, kept]\n", "", "49:3", "district:",
         "报表“district”缺少“columns”", "form 'district' lacks 'columns'"),
    Case("PC107", "    share: ", "    denominator: tested\n    share: ", "74:3", "smart_rate:",
         "指标“smart_rate”缺少“numerator”", "indicator 'smart_rate' lacks 'numerator'"),
    Case("PC108", "[人数 > 测试, 参测人数]", "[人数 > 测试, ' > ']", "45:25", "' > '",
         "“tested”应为表头用词，层级写作“上级 > 下级”，现为“>”",
         "'tested' must be a header word, levels as 'upper > lower', found '>'"),
    Case("PC108", "{public: [公办, '1'], private: [民办", "{public: [公办, '1'], 民办: [民办", "31:34", "民办: ",
         "“choices”应为以小写字母开头、由小写字母数字和“_”组成的编号，现为“民办”",
         "'choices' must be an id of small letters, digits and _, letter first, found '民办'"),
    Case("PC108", "- id: pass_rate_text", "- id: 裁定一", "94:9", "裁定一",
         "“id”应为以小写字母开头、由小写字母数字和“_”组成的编号，现为“裁定一”",
         "'id' must be an id of small letters, digits and _, letter first, found '裁定一'"),
    Case("PC107", "  - id: pass_rate_text\n    on", "  - on", "94:5", "on: ",
         "口径裁定“1”缺少“id”", "ruling '1' lacks 'id'"),
    Case("PC109", "columns: [money, kept]", "columns: [money, kepd]", "54:22", "kepd",
         "没有名为“kepd”的填报项，是否应为“kept”？", "There is no element named 'kepd'; did you mean 'kept'?"),
    Case("PC109", "required: [name, tested]", "required: [name, money]", "40:22", "money",
         "没有名为“money”的本表的列", "There is no column of this form named 'money'"),
    Case("PC109", "stages: [primary]\n", "stages: [primry]\n", "68:14", "primry",
         "没有名为“primry”的学段，是否应为“primary”？", "There is no stage named 'primry'; did you mean 'primary'?"),
    Case("PC109", "on: [pass_rate]", "on: [pass_rat]", "95:10", "pass_rat",
         "没有名为“pass_rat”的指标，是否应为“pass_rate”？", "There is no indicator named 'pass_rat'; did you mean 'pass_rate'?"),
    Case("PC109", "numerator: passed", "numerator: tested - pased", "65:25", "pased",
         "没有名为“pased”的填报项，是否应为“passed”？", "There is no element named 'pased'; did you mean 'passed'?"),
    Case("PC109", "code: code", "code: cod", "8:9", "cod",
         "没有名为“cod”的填报项，是否应为“code”？", "There is no element named 'cod'; did you mean 'code'?"),
    Case("PC110", "numerator: passed", "numerator: passed + ", "65:24", "",
         "公式“passed +”第 9 个字符处有误：写法不完整或有多余的符号",
         "Formula 'passed +' is wrong at character 9: something is missing or too much"),
    Case("PC110", "numerator: passed", "numerator: passed + avg(tested)", "65:25", "avg(",
         "公式“passed + avg(tested)”第 10 个字符处有误：没有这个函数 avg",
         "Formula 'passed + avg(tested)' is wrong at character 10: there is no such function avg"),
    Case("PC110", "numerator: passed", "numerator: passed + smart", "65:25", "smart",
         "公式“passed + smart”第 10 个字符处有误：此处应为数，却是条件（是/否或比较）",
         "Formula 'passed + smart' is wrong at character 10: a number is expected, not a condition (yes/no or a comparison)"),
    Case("PC110", "kind == \"公办\"", "kind == \"国办\"", "78:21", "kind ==",
         "公式“智慧校园 and kind == \"国办\"”第 10 个字符处有误：kind 没有“国办”这一选项，可用：public, private",
         "Formula '智慧校园 and kind == \"国办\"' is wrong at character 10: kind has no choice '国办'; it has public, private"),
    Case("PC111", "target: \"≥98\"", "target: 是", "69:13", "是",
         "看不懂目标“是”：“是”没有说明与什么比较；逐年不减请写“只增不减”",
         "The target '是' is not understood: 是 does not say what is compared; write 只增不减 for 'never falls'"),
    Case("PC111", "target: \"≥98\"", "target: 大约98", "69:13", "大约98",
         "看不懂目标“大约98”：看不出数值", "The target '大约98' is not understood: no number is seen"),
    Case("PC111", "target: \"≥98\"", "target: 只增不减", "69:13", "只增不减",
         "看不懂目标“只增不减”：这种指标的目标应是数",
         "The target '只增不减' is not understood: this indicator needs a number as its target"),
    Case("PC111", "target: 只增不减", "target: \"100\"", "89:13", "\"100\"",
         "看不懂目标“100”：series 的目标应是“只增不减”一类的话",
         "The target '100' is not understood: a series needs a wording such as 只增不减"),
    Case("PC112", "target: \"≥98\"", "target: >98", "69:13", ">98",
         "目标“>98”没有加引号，YAML 把“>”当作文本块标记", "Target >98 has no quotes, so YAML takes '>' for a text block"),
    Case("PC112", "target: \"≥98\"", "target: >9", "69:13", ">9",  # valid YAML, and empty
         "目标“>9”没有加引号，YAML 把“>”当作文本块标记", "Target >9 has no quotes, so YAML takes '>' for a text block"),
    Case("PC112", "target: \"≥98\"", "target: >\n      98%", "69:13", ">",
         "目标“>98%”没有加引号，YAML 把“>”当作文本块标记", "Target >98% has no quotes, so YAML takes '>' for a text block"),
    Case("PC114", "{zh: 达标人数, en: Passed}", "{zh: 智慧 校园, en: Passed}", "47:7", "smart:",
         "表“schools”中“智慧校园”同时指向 passed 和 smart", "In form 'schools', header '智慧校园' leads to both passed and smart"),
    Case("PC118", "no: 2", "no: 1", "75:9", "1",
         "序号 1 用了两次：pass_rate 和 smart_rate", "Number 1 is used twice: pass_rate and smart_rate"),
)  # fmt: skip

QUESTIONABLE = (
    Case("PC115", "forms:", "  spare: {label: {zh: 备用, en: Spare}, unit: person}\nforms:", "34:3", "spare:",
         "填报项“spare”不在任何报表中，不会被读到", "Element 'spare' stands in no form and will never be read"),
    Case("PC116", "    reporter: district\n", "", "83:3", "money_kept:",
         "指标“money_kept”用到的 money, kept 没有报表能提供",
         "Indicator 'money_kept' needs money, kept, which no form delivers"),
    Case("PC117", "no: 3", "no: 5", "84:3", "money_kept:",
         "序号从 2 跳到 5，缺 3, 4", "The numbers jump from 2 to 5; 3, 4 is missing"),
    Case("PC119", "on: [pass_rate]", "on: []", "61:3", "pass_rate:",
         "目标“≥97”还不如基期 97.50", "Target '≥97' asks for less than the baseline 97.50"),
    Case("PC120", "target: \"100\"", "target: \">100\"", "74:3", "smart_rate:",
         "目标“>100”要求超过 100%", "Target '>100' asks for more than 100 %"),
)  # fmt: skip


def _id(case: Case) -> str:
    return f"{case.code} {case.new.strip()[:30]}"


@pytest.mark.parametrize("case", UNUSABLE, ids=_id)
def test_a_faulty_plan_is_refused_with_place_and_words(case: Case, tmp_path: Path) -> None:
    text = changed(case.old, case.new)
    findings = faults(written(tmp_path, text))

    assert places(findings) == [(case.code, case.cell)]
    assert at(text, case.cell).startswith(case.begins)
    (finding,) = findings
    assert message(finding.code, finding.params, "zh") == case.zh
    assert message(finding.code, finding.params, "en") == case.en
    assert finding.file == str(tmp_path / "plan.yaml")
    assert hint(finding.code, finding.params, "zh") != hint(finding.code, finding.params, "en")


@pytest.mark.parametrize("case", QUESTIONABLE, ids=_id)
def test_a_questionable_plan_loads_and_lint_says_why(case: Case, tmp_path: Path) -> None:
    text = changed(case.old, case.new)
    if case.code == "PC119":
        text = text.replace("≥98", "≥97")
    path = written(tmp_path, text)

    assert faults(path) == ()
    assert places(lint(path)) == [(case.code, case.cell)]
    assert at(text, case.cell).startswith(case.begins)
    (finding,) = lint(path)
    assert message(finding.code, finding.params, "zh") == case.zh
    assert message(finding.code, finding.params, "en") == case.en
    assert CODES[finding.code].severity == "warning"


def test_the_small_plan_itself_is_faultless(tmp_path: Path) -> None:
    assert lint(written(tmp_path, SMALL)) == ()


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        SMALL.replace("document: ", "dokument: ")
        .replace("unit: person, words", "unit: persons, words")
        .replace("numerator: passed", "numerator: passd")
        .replace('target: "100"', "target: >100")
        .replace("due: each_step", "due: never")
        .replace("on: [pass_rate]", "on: [nothing]")
    )
    assert places(faults(written(tmp_path, text))) == [
        ("PC107", "1:1"),
        ("PC106", "4:3"),
        ("PC108", "25:49"),
        ("PC109", "65:16"),
        ("PC112", "79:13"),
        ("PC108", "90:10"),
        ("PC109", "95:10"),
    ]


def test_a_missing_section_is_one_fault_not_one_for_each_mention(tmp_path: Path) -> None:
    begin, end = SMALL.index("elements:"), SMALL.index("forms:")
    findings = faults(written(tmp_path, SMALL[:begin] + SMALL[end:]))
    assert places(findings) == [("PC107", "1:1")]


def test_suggestions_end_before_a_hostile_file_could_buy_hours_of_them(tmp_path: Path) -> None:
    spare = "".join(f"  spare{number}: {{labl: {{zh: 甲, en: A}}, unit: text}}\n" for number in range(60))
    findings = faults(written(tmp_path, changed("forms:", f"{spare}forms:")))
    suggested = [message("PC106", one.params, "en") for one in findings if one.code == "PC106"]
    assert len(suggested) == 60
    assert sum("did you mean 'label'?" in one for one in suggested) == 50
