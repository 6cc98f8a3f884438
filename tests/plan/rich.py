"""The small plan with every further kind of measure, target and timing in it."""

from __future__ import annotations

from tests.plan.small import SMALL

MORE_ELEMENTS = """\
  grade:
    label: {zh: 评估等级, en: Grade}
    unit: grade
    choices: {a: [A级, A], b: [B级, B], c: [C级], not_rated: [未评, 未评估]}
  township: {label: {zh: 所在镇乡, en: Township}, unit: text}
  pupils: {label: {zh: 名录学生数, en: Pupils}, unit: person}
  project: {label: {zh: 项目, en: Project}, unit: text}
  finished: {label: {zh: 是否完成, en: Finished}, unit: yes_no}
  finished_in: {label: {zh: 完成年份, en: Finished in}, unit: year}
  seats: {label: {zh: 新增学位, en: Seats}, unit: thing}
  books: {label: {zh: 图书, en: Books}, unit: thing}
"""

MORE_FORMS = """\
  projects:
    title: {zh: 项目台账, en: Projects}
    rows: list
    reporter: district
    key: project
    columns: [project, finished, finished_in, seats]
"""

MORE_INDICATORS = """\
  lessons:
    label: {zh: 每周节数, en: Lessons}
    unit: thing
    group: text
    value: books
    level: unit
    target: {primary: "≥5", junior: 4以上}
    due: every_year
    source: {clause: 正文 1, quote: 至少上5节}
  books_by_area:
    label: {zh: 生均图书, en: Books per pupil}
    unit: number
    numerator: books
    denominator: tested
    target: {by: township, 甲镇: "≥30", 乙镇: "≥20"}
    due: none
    rounding: {places: 1}
    source: {clause: 正文 2, quote: 图书}
  peaks:
    label: {zh: 名校数, en: Peak schools}
    unit: school
    count: grade >= "B"
    where: grade != "not_rated" and period >= 2022 and stage == "小学"
    target: 5—10所
    nature: aspiration
    due: {when: 随棚改同步完成}
    source: {clause: 正文 3, quote: 力争5—10所}
  townships:
    label: {zh: 每镇一园, en: Each township}
    kind: coverage
    unit: percent
    every: township
    count: kind == "公办"
    at_least: 2
    target: 全覆盖
    due: 2023
    years: [2024, 2023]
    coverage: "80%"
    source: {clause: 正文 4, quote: 每个镇乡}
  lead_schools:
    label: {zh: 牵头校, en: Lead schools}
    unit: percent
    members: {third: [第三小学, 三小], first: [第一中学]}
    of: projects
    condition: finished
    target: 全部
    due: by_end
    source: {clause: 正文 5, quote: 牵头校}
  myopia_change:
    label: {zh: 近视率变化, en: Myopia}
    unit: point
    change: {from: prior_year}
    numerator: passed
    denominator: tested
    target: 每年下降一个百分点
    due: every_year
    source: {clause: 正文 6, quote: 每年下降一个百分点}
  money_growth:
    label: {zh: 经费增长, en: Growth}
    unit: percent
    change: {from: average_per_year, relative: true}
    value: money
    target: 年均增长不低于5%
    due: by_end
    source: {clause: 正文 7, quote: 增长}
  pay:
    label: {zh: 工资, en: Pay}
    unit: 10k_yuan
    compare: money
    against: money - 1
    target: 不低于
    due: every_year
    source: {clause: 正文 8, quote: 不低于}
  spread:
    label: {zh: 差异系数, en: Dispersion}
    unit: number
    dispersion: books
    weight: tested
    target: ≤0.50
    due: by_end
    baseline: —
    source: {clause: 正文 9, quote: 差异系数}
  most_of:
    label: {zh: 多数达标, en: Most of them}
    k_of: [lessons, smart_rate]
    least: 1
    floor: 85%
    due: by_end
    source: {clause: 正文 10, quote: 至少}
  new_school:
    label: {zh: 新建学校, en: A new school}
    milestone: [七小, 第七小学新建]
    of: projects
    done: finished
    done_year: finished_in
    delivered: seats
    planned: 960
    due: 2023
    source: {clause: 附件1, quote: 第七小学}
  seats_built:
    label: {zh: 新增学位, en: New seats}
    unit: thing
    value: seats
    of: projects
    target: "9442"
    steps: {2023: "≥6150", 2022: 3060以上}
    revised:
      - {since: 2024, target: "≥9000", document: 文〔2024〕3号, why: {zh: 调整, en: Changed}}
    due: by_end
    baseline: 0
    superseded: {since: 2025, by: peaks, why: {zh: 改, en: Replaced}}
    restated:
      - {id: seats_built@annex, source: {clause: 附件1, quote: 学位}, target: 9000以上, note: {zh: 附件, en: Annex}}
      - {id: seats_again, source: {clause: 正文 11, quote: 学位}}
    source: {clause: 附件1, quote: 学位}
  rank:
    label: {zh: 全市中等, en: Rank}
    narrative: {zh: 没有指明衡量的指标, en: No measure is named}
    source: {clause: 正文 12, quote: 进入全市中等位置}
"""

MORE_RULINGS = """\
  - id: no_baseline
    on: [spread]
    conflict: []
    reading: {zh: 不画序时线, en: No path is drawn}
    why: {zh: 原文没有基期, en: The plan gives no baseline}
  - id: seats_twice
    on: [seats_built]
    conflict: []
    reading: {zh: 按总数, en: The total}
    why: {zh: 附件为准, en: The annex prevails}
"""

RICH = (
    SMALL.replace("attributes: [area]\n", "attributes: [area, township]\n  groups: {township: [甲镇, 乙镇]}\n  size: pupils\n")
    .replace("elements:\n", "groups:\n  table: {label: {zh: 专栏, en: The table}}\n  text: {label: {zh: 正文, en: The text}}\nelements:\n")
    .replace("forms:\n", f"{MORE_ELEMENTS}forms:\n")
    .replace("      kind:\n", "      kind:\n      grade:\n      books:\n")
    .replace("[code, name, stage, type, area]", "[code, name, stage, type, area, township, pupils]")
    .replace("    no: 1\n", "    no: 1\n    group: table\n")
    .replace("indicators:\n", f"{MORE_FORMS}indicators:\n")
    .replace("rulings:\n", f"{MORE_INDICATORS}rulings:\n")
    + MORE_RULINGS
)  # fmt: skip


def varied(old: str, new: str) -> str:
    """Return the rich plan with the first `old` replaced; it must be there."""
    assert old in RICH
    return RICH.replace(old, new, 1)
