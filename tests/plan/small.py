"""A plan small enough to be known by heart, and ways to load it with one thing changed."""

from __future__ import annotations

from pathlib import Path

from plancheck.model import Finding
from plancheck.plan import PlanUnusable
from plancheck.plan.load import load

ROOT = Path(__file__).parents[2]
INDICATORS = ROOT / "indicators.yaml"

SMALL = """\
plan:
  id: small
  title: {zh: 小规划, en: Small plan}
  document: 文〔2021〕1号
  baseline: 2020
  target: 2025
units:
  code: code
  name: name
  stage: stage
  type: type
  code_pattern: '[0-9]{10}'
  attributes: [area]
  stages:
    primary: {label: {zh: 小学, en: primary}}
    junior: {label: {zh: 初中, en: junior}, words: [初中部]}
  types: {小学: [primary], 九年一贯制: [primary, junior]}
elements:
  code: {label: {zh: 标识码, en: Code}, unit: text}
  name: {label: {zh: 学校名称, en: School}, unit: text}
  stage: {label: {zh: 学段, en: Stage}, unit: text}
  type: {label: {zh: 办学类型, en: Type}, unit: text}
  area: {label: {zh: 城乡类型, en: Area}, unit: text}
  group: {label: {zh: 年级组, en: Grade group}, unit: text}
  tested: {label: {zh: 测试人数, en: Tested}, unit: person, words: [测试 > 合计]}
  passed: {label: {zh: 达标人数, en: Passed}, unit: person, stages: [primary, junior]}
  smart: {label: {zh: 智慧校园, en: Smart campus}, unit: yes_no}
  kind:
    label: {zh: 办学性质, en: Kind}
    unit: choice
    choices: {public: [公办, '1'], private: [民办, '2']}
  money: {label: {zh: 教育支出, en: Money}, unit: 10k_yuan, reporter: district}
  kept: {label: {zh: 是否不减, en: Kept}, unit: yes_no, reporter: district}
forms:
  schools:
    title: {zh: 学校表, en: Schools}
    sheets: [表1]
    rows: unit
    by: [group]
    required: [name, tested]
    columns:
      code:
      name:
      stage:
      tested: [人数 > 测试, 参测人数]
      passed:
      smart:
      kind:
  district:
    title: {zh: 区级表, en: District}
    rows: element
    reporter: district
    values: [填报值]
    columns: [money, kept]
  roster:
    title: {zh: 名录, en: Roster}
    rows: unit
    roster: true
    columns: [code, name, stage, type, area]
indicators:
  pass_rate:
    no: 1
    label: {zh: 达标率, en: Pass rate}
    unit: percent
    numerator: passed
    denominator: tested
    where: area == "农村"
    stages: [primary]
    target: "≥98"
    due: by_end
    baseline: "97.5"
    source: {clause: 专栏 1, quote: 达标率 97.5 ≥98}
    note: {zh: 说明, en: Remark}
  smart_rate:
    no: 2
    label: {zh: 智慧校园覆盖率, en: Smart campuses}
    unit: percent
    share: 智慧校园 and kind == "公办"
    target: "100"
    due: 2023
    baseline: "-"
    level: unit
    source: {clause: 专栏 2, quote: "100"}
  money_kept:
    no: 3
    label: {zh: 支出只增不减, en: Money never falls}
    unit: 10k_yuan
    series: {primary: money × 2, other: money}
    target: 只增不减
    due: each_step
    declared: kept
    source: {clause: 专栏 3, quote: 只增不减}
rulings:
  - id: pass_rate_text
    on: [pass_rate]
    conflict: [{clause: 正文, quote: 超过98%}]
    reading: {zh: 按专栏, en: The table}
    why: {zh: 专栏为准, en: It prevails}
"""


def written(folder: Path, text: str | bytes) -> Path:
    """Return a plan file that holds the text."""
    path = folder / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(old: str, new: str) -> str:
    """Return the small plan with the first `old` replaced; it must be there."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def faults(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a plan file; nothing when it loads."""
    try:
        load(path)
    except PlanUnusable as unusable:
        return unusable.findings
    return ()


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return code and place of each finding."""
    return [(finding.code, finding.cell) for finding in findings]


def at(text: str, cell: str) -> str:
    """Return the rest of the line that begins at `line:column`."""
    line, column = map(int, cell.split(":"))
    return text.splitlines()[line - 1][column - 1 :]


def place_of(text: str, part: str) -> str:
    """Return line and column, from 1, of the first place where a part of a text stands."""
    before = text[: text.index(part)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
