"""The table of finding codes: permanent number, name, severity, what was found and what to do, in both languages.

Families: 1 plan, 2 workbook and layout, 3 value, 4 judgement, 5 check, 9 internal. A code is never reused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from plancheck.language import Lang, Said, Text, fill

Severity = Literal["error", "warning", "note"]
Kind = Literal["must", "explain", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. `must` has to be corrected by who reported it; an error that is no `must` could not be judged."""

    id: str
    name: str
    severity: Severity
    kind: Kind
    message: Text
    hint: Text


def _code(number: int, name: str, grade: str, message: tuple[str, str], hint: tuple[str, str]) -> Code:
    severity, kind = _GRADES[grade]
    return Code(f"PC{number}", name, severity, kind, Text(*message), Text(*hint))


_GRADES: Final[dict[str, tuple[Severity, Kind]]] = {
    "must": ("error", "must"),
    "unread": ("error", "note"),
    "explain": ("warning", "explain"),
    "warning": ("warning", "note"),
    "note": ("note", "note"),
}

_CODES: Final = (
    # ------------------------------------------------------------------------------------------ 1 the plan
    _code(101, "plan-unreadable", "unread",
          ("无法读取规划文件：{why}", "The plan file cannot be read: {why}"),
          ("请检查路径，文件须为 UTF-8 编码的 YAML。", "Check the path; the file must be YAML in UTF-8.")),
    _code(102, "yaml-syntax", "unread",
          ("YAML 语法错误：{why}", "YAML syntax error: {why}"),
          ("请检查此处的缩进、冒号和引号。", "Check indentation, colons and quotes here.")),
    _code(103, "yaml-duplicate-key", "unread",
          ("键“{key}”重复，首次出现在第 {first} 行", "Key '{key}' stands twice; first at line {first}"),
          ("删去其中一处。", "Remove one of the two.")),
    _code(104, "yaml-anchor", "unread",
          ("不接受 YAML 锚点、别名和自定义标签：{found}", "YAML anchors, aliases and tags are not accepted: {found}"),
          ("请把内容直接写出。", "Write the content out.")),
    _code(105, "plan-too-large", "unread",
          ("规划文件过大或嵌套过深：{what} 超过 {limit}", "The plan file is too large or too deep: {what} exceeds {limit}"),
          ("请拆分或简化文件。", "Split or simplify the file.")),
    _code(106, "unknown-key", "unread",
          ("{where}中没有“{key}”这一键{suggestion}", "There is no key '{key}' in {where}{suggestion}"),
          ("可用的键：{known}", "Known keys: {known}")),
    _code(107, "missing-key", "unread",
          ("{where}缺少“{key}”", "{where} lacks '{key}'"),
          ("请补上“{key}: …”。", "Add '{key}: …'.")),
    _code(108, "wrong-value", "unread",
          ("“{key}”应为{expected}，现为“{found}”", "'{key}' must be {expected}, found '{found}'"),
          ("请按要求改写此值。", "Rewrite the value as expected.")),
    _code(109, "unknown-reference", "unread",
          ("没有名为“{name}”的{what}{suggestion}", "There is no {what} named '{name}'{suggestion}"),
          ("请改正名称，或先声明它。", "Correct the name, or declare it first.")),
    _code(110, "bad-formula", "unread",
          ("公式“{formula}”第 {at} 个字符处有误：{problem}", "Formula '{formula}' is wrong at character {at}: {problem}"),
          ("公式可用：填报项编号、+ − × ÷、比较、and/or/not、in […]、min max abs sum if。",
           "A formula may use element ids, + − × ÷, comparisons, and/or/not, in […], min max abs sum if.")),
    _code(111, "bad-target", "unread",
          ("看不懂目标“{found}”：{why}", "The target '{found}' is not understood: {why}"),
          ("写法例如：\">98\"、\"≥98\"、98%以上、不低于98、超过70、\"100\"、只增不减。",
           "Write for example: \">98\", \"≥98\", 98%以上, 不低于98, 超过70, \"100\", 只增不减.")),
    _code(112, "target-needs-quotes", "unread",
          ("目标“>{found}”没有加引号，YAML 把“>”当作文本块标记", "Target >{found} has no quotes, so YAML takes '>' for a text block"),
          ("请写成 target: \">{found}\"。", "Write target: \">{found}\".")),
    _code(113, "schema", "unread",
          ("不符合规划文件的结构：{why}", "Not the structure of a plan file: {why}"),
          ("请对照 `plancheck schema plan`。", "Compare with `plancheck schema plan`.")),
    _code(114, "header-claimed-twice", "unread",
          ("表“{form}”中“{path}”同时指向 {first} 和 {second}", "In form '{form}', header '{path}' leads to both {first} and {second}"),
          ("请为其中之一写出上级表头，如“专任教师 > 本科”。", "Give one of them its upper header, such as 专任教师 > 本科.")),
    _code(115, "element-in-no-form", "warning",
          ("填报项“{element}”不在任何报表中，不会被读到", "Element '{element}' stands in no form and will never be read"),
          ("请把它列入一张报表的 columns，或删去。", "List it in the columns of a form, or remove it.")),
    _code(116, "indicator-without-form", "warning",
          ("指标“{indicator}”用到的 {elements} 没有报表能提供", "Indicator '{indicator}' needs {elements}, which no form delivers"),
          ("请把它列入填报者（reporter）相同的报表。", "List it in a form of the same reporter.")),
    _code(117, "number-missing", "warning",
          ("序号从 {before} 跳到 {after}，缺 {missing}", "The numbers jump from {before} to {after}; {missing} is missing"),
          ("若原文如此，请写一条 on 为空、编号以 number_{missing}_ 开头的裁定。",
           "If the plan is like that, add a ruling with an empty 'on' whose id begins with number_{missing}_.")),
    _code(118, "number-twice", "unread",
          ("序号 {number} 用了两次：{first} 和 {second}", "Number {number} is used twice: {first} and {second}"),
          ("请按原文改正其中一个。", "Correct one of them from the plan's text.")),
    _code(119, "target-behind-baseline", "warning",
          ("目标“{target}”还不如基期 {baseline}", "Target '{target}' asks for less than the baseline {baseline}"),
          ("请核对；若原文如此，请为此指标写一条裁定。", "Check it; if the plan is like that, add a ruling on the indicator.")),
    _code(120, "target-over-100-percent", "warning",
          ("目标“{target}”要求超过 100%", "Target '{target}' asks for more than 100 %"),
          ("请核对；可以超过 100% 的指标（如毛入学率）请用 note 说明。",
           "Check it; where more than 100 % is possible, as in a gross rate, say so in a note.")),
    # ------------------------------------------------------------------------- 2 workbooks and their layout
    _code(201, "not-a-workbook", "unread",
          ("这不是电子表格，文件内容是{kind}", "This is not a workbook; its content is {kind}"),
          ("请用 Excel 或 WPS 打开并另存为 .xlsx 后重新提交。", "Open it in Excel or WPS, save as .xlsx and submit again.")),
    _code(202, "file-empty", "unread",
          ("文件是空的（0 字节）", "The file is empty (0 bytes)"),
          ("请重新导出或重新提交此文件。", "Export or submit the file again.")),
    _code(203, "file-encrypted", "unread",
          ("文件设有打开密码", "The file needs a password to open"),
          ("请取消密码后另存并重新提交。", "Save it without a password and submit again.")),
    _code(204, "file-not-opened", "unread",
          ("文件打不开：{why}", "The file cannot be opened: {why}"),
          ("请关闭正在使用它的程序，检查权限，或复制一份再试。", "Close the program that uses it, check permissions, or try a copy.")),
    _code(205, "file-damaged", "unread",
          ("文件已损坏，无法读取：{why}", "The file is damaged and cannot be read: {why}"),
          ("请用 Excel 或 WPS 打开修复并另存为 .xlsx。", "Open it in Excel or WPS, let it be repaired, and save as .xlsx.")),
    _code(206, "file-over-limit", "unread",
          ("文件超出安全限度：{what} 为 {found}，上限 {limit}", "The file exceeds a safety limit: {what} is {found}, limit {limit}"),
          ("请删去多余的工作表、空行和图片后另存。", "Remove surplus sheets, empty rows and pictures, and save again.")),
    _code(207, "sheet-not-recognised", "warning",
          ("工作表不属于规划的任何报表，未使用（{rows} 行）", "The sheet is none of the plan's forms and was not used ({rows} rows)"),
          ("若应使用，请核对表头；规划中的报表见 `plancheck list forms`。", "If it should be used, check its headers; `plancheck list forms` shows the forms.")),
    _code(208, "sheet-ambiguous", "unread",
          ("工作表同时像“{first}”和“{second}”，无法确定", "The sheet looks like both '{first}' and '{second}'"),
          ("请补全表头，使其只符合一种报表。", "Complete the headers so that only one form fits.")),
    _code(209, "column-missing", "unread",
          ("“{form}”缺少必需的列“{column}”", "Form '{form}' lacks its required column '{column}'"),
          ("请补上该列；认可的表头：{words}", "Add the column; accepted headers: {words}")),
    _code(210, "column-twice", "unread",
          ("有两列都像“{column}”：{first} 列和 {second} 列，均未使用", "Two columns look like '{column}': {first} and {second}; neither was used"),
          ("请删去其中一列或改正表头。", "Remove one of them or correct its header.")),
    _code(211, "period-missing", "unread",
          ("看不出是哪一年的数据", "The year of the data cannot be seen"),
          ("请在标题或工作表名中写明年度（如“2023年”），或用 --year 2023 指定。", "Write the year in the title or sheet name (2023年), or give --year 2023.")),
    _code(212, "periods-disagree", "unread",
          ("年度自相矛盾：{first}（{first_place}）和 {second}（{second_place}）", "The years disagree: {first} ({first_place}) and {second} ({second_place})"),
          ("请改正其中之一，或用 --year 指定。", "Correct one of them, or give --year.")),
    _code(213, "row-without-unit", "must",
          ("第 {row} 行有数据，但没有学校标识码和校名", "Row {row} holds data but no school code and no name"),
          ("请填写学校标识码和校名，或清空此行。", "Fill in the school's code and name, or clear the row.")),
    _code(214, "unit-not-on-roster", "must",
          ("“{found}”不在名录中，其数据未计入{suggestion}", "'{found}' is not on the roster; its data were left out{suggestion}"),
          ("请核对标识码和校名，或更新名录。", "Check code and name, or update the roster.")),
    _code(215, "unit-twice", "must",
          ("“{name}”填报了两次：另一处在 {other}，{use}", "'{name}' reports twice: also at {other}; {use}"),
          ("请只保留一份。", "Keep only one of them.")),
    _code(216, "name-differs", "note",
          ("标识码 {code} 在名录中为“{expected}”，此处写作“{found}”", "Code {code} is '{expected}' on the roster, written '{found}' here"),
          ("已按标识码认定；请统一校名，或在名录中登记别名。", "Taken by its code; use one name, or enter an alias in the roster.")),
    _code(217, "stage-unclear", "must",
          ("看不出“{name}”填报的是哪个学段：“{found}”", "The stage reported by '{name}' is not clear: '{found}'"),
          ("请在“学段”列填写：{known}", "Fill in the stage column: {known}")),
    _code(218, "hidden-parts", "note",
          ("有隐藏的内容，已照常读取：{what}", "Hidden parts were read like any other: {what}"),
          ("请确认隐藏的行、列或工作表应当计入。", "Make sure that hidden rows, columns or sheets should count.")),
    _code(219, "no-roster", "note",
          ("没有名录，无法发现缺报的学校", "There is no roster, so missing schools cannot be seen"),
          ("请用 --roster 名录.xlsx 指定，或把 roster.xlsx 放在上报表旁边。", "Give --roster FILE, or put roster.xlsx beside the returns.")),
    _code(220, "return-missing", "warning",
          ("名录中的“{name}”（{stage}）没有上报", "'{name}' ({stage}) is on the roster but sent no return"),
          ("请催报；在此之前相关结论为暂定。", "Ask for it; until then the verdicts concerned are provisional.")),
    _code(221, "code-malformed", "must",
          ("学校标识码“{found}”格式不对", "School code '{found}' is malformed"),
          ("标识码应为 10 位数字文本；请按名录更正。", "A code is 10 digits, as text; correct it from the roster.")),
    _code(222, "year-overridden", "warning",
          ("文件自称是 {found} 年，按 --year 当作 {given} 年", "The return says {found}; taken for {given} because of --year"),
          ("请确认年度无误。", "Make sure that the year is right.")),
    _code(223, "roster-unusable", "unread",
          ("名录无法使用：{why}", "The roster cannot be used: {why}"),
          ("名录须有学校标识码、学校名称、学段三列。", "A roster needs the columns school code, school name and stage.")),
    _code(224, "name-ambiguous", "must",
          ("校名“{found}”对应名录中的多所学校：{codes}", "The name '{found}' stands for several schools on the roster: {codes}"),
          ("请填写学校标识码。", "Fill in the school code.")),
    _code(225, "form-without-rows", "warning",
          ("认出了报表“{form}”，但没有一行数据", "Form '{form}' was recognised but holds no data"),
          ("请确认不是空白模板。", "Make sure that it is not a blank template.")),
    _code(226, "columns-not-used", "note",
          ("有 {count} 列不属于本报表，未使用：{columns}", "{count} columns are not part of the form and were not used: {columns}"),
          ("若应使用，请核对表头。", "If they should be used, check their headers.")),
    _code(227, "formats-not-visible", "note",
          ("此文件格式看不到单元格的百分比格式和错误值", "Percent formats and error cells cannot be seen in this kind of file"),
          ("如有疑问，请另存为 .xlsx。", "If in doubt, save as .xlsx.")),
    _code(228, "sheet-without-figures", "note",
          ("工作表没有数据，未使用", "The sheet holds no figures and was not used"),
          ("封面、说明等无需处理。", "Nothing to do for a cover or notes.")),
    _code(233, "manifest-entry-unused", "warning",
          ("替代清单中“{file}”一条未采用：{why}", "The manifest's entry on '{file}' was not used: {why}"),
          ("文件名须是本次读取的上报表：file 为旧文件，by 为取代它的文件。",
           "Name returns of this run: 'file' the old one, 'by' the one that takes its place.")),
    _code(234, "superseded", "note",
          ("按替代清单，已由 {by} 取代，未读取", "Superseded by {by} as the manifest says; it was not read"),
          ("如有误，请改正清单。", "Correct the manifest if that is wrong.")),
    _code(235, "unit-closed", "must",
          ("“{name}”已停办（{when}），其 {year} 年数据未计入", "'{name}' has closed ({when}); its figures for {year} were left out"),
          ("请核对标识码和年度，或更正名录的停办日期。", "Check code and year, or correct the closing date in the roster.")),
    _code(236, "unit-not-open", "must",
          ("“{name}”自 {when} 启用，其 {year} 年数据未计入", "'{name}' opens on {when}; its figures for {year} were left out"),
          ("请核对标识码和年度，或更正名录的启用日期。", "Check code and year, or correct the opening date in the roster.")),
    _code(237, "campus-and-whole", "must",
          ("“{name}”既分校区填报又整校填报：另一处在 {other}，两处均未使用",
           "'{name}' reports both by campus and as a whole: also at {other}; neither was used"),
          ("请只按校区或只按整校填报。", "Report by campus or as a whole, not both.")),
    _code(238, "roster-date-unclear", "warning",
          ("名录中“{name}”的“{column}”看不出日期：“{found}”，未采用", "'{column}' of '{name}' is no date: '{found}'; it was not used"),
          ("请写成 2021-08-31。", "Write 2021-08-31.")),
    _code(239, "roster-unit-twice", "warning",
          ("名录中标识码 {code} 登记了两次：“{first}”和“{name}”，采用前一个",
           "Code {code} stands twice on the roster: '{first}' and '{name}'; the first is taken"),
          ("请删去其中一行。", "Remove one of the rows.")),
    _code(240, "list-row-without-key", "must",
          ("第 {row} 行有内容（{found}），但没有“{key}”", "Row {row} says something ({found}) but lacks its '{key}'"),
          ("请补填“{key}”，或清空此行。", "Fill in its '{key}', or clear the row.")),
    _code(241, "list-key-twice", "must",
          ("“{name}”在台账中出现两次：另一处在 {other}，{use}", "'{name}' stands twice in the list: also at {other}; {use}"),
          ("请只保留一行。", "Keep only one of the rows.")),
    _code(242, "year-unclear", "must",
          ("“{column}”应为年份，看不出“{found}”是哪一年", "'{column}' must be a year; which one '{found}' means is not clear"),
          ("请填四位年份，如“2023”或“2023年9月”；尚未确定的填“待定”。", "Fill in four digits, such as 2023 or 2023年9月; 待定 where it is not yet known.")),
    _code(243, "history-unusable", "unread",
          ("以往结果无法使用：{why}", "The earlier result cannot be used: {why}"),
          ("请用 `plancheck run … --format json` 的输出。", "Give what `plancheck run … --format json` wrote.")),
    _code(244, "history-element-unknown", "warning",
          ("以往结果中的填报项 {element} 不在规划中，未使用（{count} 个读数，首个在 {where}）",
           "Element {element} of the earlier result is not in the plan; not used ({count} readings, the first at {where})"),
          ("若已改名，请在规划中沿用原编号。", "If it was renamed, keep its id in the plan.")),
    _code(245, "history-value-unreadable", "warning",
          ("以往结果中“{column}”不能是“{found}”，未使用（{count} 个读数，首个在 {where}）",
           "'{column}' of the earlier result cannot be '{found}'; not used ({count} readings, the first at {where})"),
          ("请核对该结果是否被改动，或填报项的单位是否改变。", "Check whether the result was altered, or the element's unit changed.")),
    _code(246, "history-of-another-plan", "warning",
          ("以往结果出自另一规划“{found}”，本规划为“{expected}”", "The earlier result is of another plan, '{found}'; this one is '{expected}'"),
          ("请确认两份规划的填报项含义相同。", "Make sure that the elements of the two plans mean the same.")),
    _code(247, "history-unit-unknown", "note",
          ("以往结果中有 {count} 个读数的单位当年不在名录中，未使用，如“{name}”（{where}）",
           "{count} readings of the earlier result are of units not on the roster that year and were not used, such as '{name}' ({where})"),
          ("已撤并的学校无需处理；否则请核对名录。", "Nothing to do for closed schools; else check the roster.")),
    # --------------------------------------------------------------------------------------------- 3 values
    _code(301, "not-a-number", "must",
          ("“{column}”应为数字，现为“{found}”", "'{column}' must be a number, found '{found}'"),
          ("请只填数字。", "Fill in digits only.")),
    _code(302, "error-cell", "must",
          ("“{column}”是错误值 {found}", "'{column}' is the error value {found}"),
          ("请改正公式或直接填数字。", "Mend the formula or fill in the number.")),
    _code(303, "formula-not-calculated", "must",
          ("“{column}”的公式没有保存计算结果", "The formula in '{column}' was saved without its result"),
          ("请用 Excel 或 WPS 打开，保存一次后重新提交。", "Open it in Excel or WPS, save it once, and submit again.")),
    _code(304, "percent-ambiguous", "must",
          ("“{column}”填了 {found}：是 {found}% 还是 {percent}%，无法确定", "'{column}' holds {found}: {found} % or {percent} % cannot be told"),
          ("请写成 {percent}%，或把该列设为百分比格式。", "Write {percent}%, or give the column a percent format.")),
    _code(305, "not-whole", "must",
          ("“{column}”应为整数，现为 {found}", "'{column}' must be a whole number, found {found}"),
          ("请核对，可能误填了比例或单位不对。", "Check it; it may be a rate, or in another unit.")),
    _code(306, "negative", "must",
          ("“{column}”不能为负数：{found}", "'{column}' cannot be negative: {found}"),
          ("请核对。", "Check it.")),
    _code(307, "foreign-unit", "must",
          ("“{column}”应以“{unit}”计，现为“{found}”", "'{column}' is counted in {unit}, found '{found}'"),
          ("请换算后只填数字。", "Convert it and fill in digits only.")),
    _code(308, "approximate", "must",
          ("“{column}”填了约数“{found}”", "'{column}' holds an approximation, '{found}'"),
          ("请填准确数字。", "Fill in the exact number.")),
    _code(309, "yes-no-unclear", "must",
          ("“{column}”应填是或否，现为“{found}”", "'{column}' must be yes or no, found '{found}'"),
          ("请填“是”或“否”。", "Fill in 是 or 否.")),
    _code(310, "choice-unknown", "must",
          ("“{column}”没有“{found}”这一选项", "'{column}' has no option '{found}'"),
          ("可填：{known}", "Options: {known}")),
    _code(311, "date-in-number", "must",
          ("“{column}”应为数字，单元格却是日期 {found}", "'{column}' must be a number, but the cell is a date, {found}"),
          ("请把单元格格式改为数值后重填（如“3-14”会被自动变成日期）。", "Set the cell's format to number and fill it in again (3-14 turns into a date by itself).")),
    _code(312, "percent-over-100", "must",
          ("“{column}”为 {found}%，超过 100%", "'{column}' is {found} %, over 100 %"),
          ("请核对，可能在百分比格式的单元格里填了 98 而不是 98%。", "Check it; perhaps 98 was typed into a percent cell that shows 9800%.")),
    _code(313, "number-out-of-range", "must",
          ("“{column}”的数值无法使用：{found}", "The number in '{column}' cannot be used: {found}"),
          ("请重填此单元格。", "Fill in the cell again.")),
    _code(314, "percent-in-count", "must",
          ("“{column}”应为{unit}数，单元格却是百分比 {found}", "'{column}' counts {unit}, but the cell is a percentage, {found}"),
          ("请填数量，不要填比例。", "Fill in the number, not the rate.")),
    # ------------------------------------------------------------------------------------------ 4 judgement
    _code(401, "declared-differs", "explain",
          ("上报的结论“{declared}”与按数据计算的“{computed}”不一致", "Declared '{declared}', but the figures give '{computed}'"),
          ("请核对上报的结论和所依据的数据。", "Check the declaration and the figures behind it.")),
    _code(402, "values-conflict", "must",
          ("“{element}”有两个不同的值：{first}（此处）和 {second}（{other}），均未使用", "'{element}' has two values: {first} (here) and {second} ({other}); neither was used"),
          ("请核对其中一处。", "Correct one of them.")),
    _code(403, "sections-disagree", "must",
          ("“{name}”各学段对“{element}”的填报不一致，该校未计入", "The sections of '{name}' disagree on '{element}'; the school was left out"),
          ("一所学校只能有一个结论，请统一。", "A school has one answer; make them agree.")),
    _code(404, "pair-incomplete", "warning",
          ("“{indicator}”：{units} 缺少分子或分母，未计入", "'{indicator}': {units} lack numerator or denominator and were left out"),
          ("请补填：{elements}", "Fill in: {elements}")),
    _code(405, "part-exceeds-whole", "must",
          ("“{name}”的“{indicator}”分子 {numerator} 大于分母 {denominator}", "In '{indicator}', '{name}' has numerator {numerator} above denominator {denominator}"),
          ("请核对两个数。", "Check the two numbers.")),
    _code(406, "attribute-missing", "note",
          ("{count} 个单位没有“{attribute}”，未归入任何一组", "{count} units have no '{attribute}' and are in no group"),
          ("请在名录中补上。", "Add it to the roster.")),
    # ------------------------------------------------------------------------------------------- 9 internal
    _code(901, "internal", "unread",
          ("plancheck 内部错误：{why}", "plancheck failed: {why}"),
          ("这是程序的缺陷，请把此信息和文件告诉维护者。", "This is a fault of the program; please report it with the file.")),
)  # fmt: skip

CODES: Final[Mapping[str, Code]] = {code.id: code for code in _CODES}
BY_NAME: Final[Mapping[str, Code]] = {code.name: code for code in _CODES}


def message(code: str, params: Mapping[str, Said], lang: Lang) -> str:
    """Return what was found, in words."""
    return fill(CODES[code].message, lang, dict(params))


def hint(code: str, params: Mapping[str, Said], lang: Lang) -> str:
    """Return what to do about it, in words."""
    return fill(CODES[code].hint, lang, dict(params))


REASONS: Final[Mapping[str, Text]] = {
    "no_reading": Text("没有读到{elements}", "No reading of {elements}"),
    "no_pair": Text("没有一个单位同时填报分子和分母", "No unit reports both numerator and denominator"),
    "nothing_counted": Text("分母为 0", "The denominator is 0"),
    "no_year_before": Text("缺少 {year} 年的数据：{parts}", "No figures for {year}: {parts}"),
    "no_this_year": Text("缺少 {year} 年的数据：{parts}", "No figures for {year}: {parts}"),
    "parts_failing": Text("未达要求：{parts}", "Not as required: {parts}"),
    "missing_returns": Text("{count} 个单位未报，可能改变结论", "not reported: {count}; this may change the verdict"),
    "out_of_scope": Text("本指标不适用于该单位", "The indicator does not concern this unit"),
}
"""Why a verdict is what it is, where its figures do not say so."""


def reason(key: str, params: Mapping[str, Said], lang: Lang) -> str:
    """Return the reason of a verdict in words."""
    return fill(REASONS[key], lang, dict(params))
