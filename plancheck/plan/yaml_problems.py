"""What the YAML parser's complaints mean to the author of a plan, in both languages and at the place to look at."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, Literal

import yaml

from plancheck.language import Text
from plancheck.pattern import Pattern
from plancheck.plan.faults import Faults, Spot

_At = Literal["problem", "context"]

_UNQUOTED: Final = Pattern(
    r"""(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)["']?(?:target|[0-9]{4})["']?:[ \t]+(?P<sign>>)[ \t]*(?P<found>=?[^\d,}\]#\r\n]*\d[^\s,}\]#]*)""",
    re.MULTILINE,
)
_MOST_UNQUOTED: Final = 200

_PROBLEMS: Final[tuple[tuple[str, _At, Text], ...]] = (
    ("mapping values are not allowed", "problem", Text(
        "此处不应出现“: ”；值里有冒号要加引号，或上一行缩进不对",
        "': ' cannot stand here; quote a value that holds a colon, or mend the line above")),
    ("could not find expected ':'", "context", Text("这一行缺少半角冒号加空格", "this line lacks a colon and a space")),
    ("unexpected end of stream", "context", Text("引号没有闭合", "the quote is never closed")),
    ("unknown escape character", "problem", Text(
        "双引号里有不认识的反斜杠写法，请改用单引号", "unknown backslash sequence in double quotes; use single quotes")),
    ("expected ',' or", "problem", Text("方括号或花括号里缺少逗号，或没有闭合", "a comma or a closing bracket is missing")),
    ("expected node content", "problem", Text("方括号或花括号没有闭合", "a bracket is not closed")),
    ("expected the node content", "problem", Text("方括号或花括号没有闭合", "a bracket is not closed")),
    ("did not find expected key", "problem", Text("缩进与上文不一致", "the indentation does not agree with what is above")),
    ("expected <block end>", "problem", Text("缩进与上文不一致", "the indentation does not agree with what is above")),
    ("expected '-' indicator", "problem", Text("列表的这一项缺少“- ”", "this item of the list lacks its '- '")),
    ("block sequence entries are not allowed", "problem", Text("此处不能写“- ”列表", "a '- ' list cannot stand here")),
    ("expected <document start>", "problem", Text("文档已经结束，后面还有内容", "there is text after the end of the document")),
    ("comment or line break", "context", Text(
        "“>”或“|”后面只能换行；值以“>”开头要加引号", "only a line break may follow '>' or '|'; quote a value that begins with '>'")),
    ("indentation indicator", "context", Text(
        "“>”或“|”后面只能换行；值以“>”开头要加引号", "only a line break may follow '>' or '|'; quote a value that begins with '>'")),
    ("a comment or a line break", "context", Text(
        "“>”或“|”后面只能换行；值以“>”开头要加引号", "only a line break may follow '>' or '|'; quote a value that begins with '>'")),
    ("tag handle", "problem", Text("不接受自定义标签", "tags are not accepted")),
)  # fmt: skip
"""Part of libyaml's or PyYAML's message -> which of its two marks helps, and what to say."""


_FULL_WIDTH_COLON: Final = Text(
    "这一行用了全角冒号“：”，须改为半角“: ”", "this line has a full-width colon; write ': '"
)


def report_syntax(error: yaml.YAMLError, text: str, faults: Faults) -> None:
    """Add the finding for a YAML syntax error."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        faults.add("PC102", Spot(1, 1), why=_other(problem))
        return
    context = getattr(error, "context_mark", None) or mark
    lines = text.splitlines()
    above = _line(lines, context.line)
    said, at = _explain(problem, lines, mark.line, mark.column)
    if "：" in above and ": " not in above:
        said, at = _FULL_WIDTH_COLON, "context"
    chosen = context if at == "context" else mark
    faults.add("PC102", Spot(chosen.line + 1, chosen.column + 1), why=said)


def nesting_given_up(error: yaml.YAMLError) -> int | None:
    """Return the character at which the scanner (libyaml 0.2.6 and later) gives up on nesting, None for any other error."""
    if "nesting depth" not in str(getattr(error, "problem", None)):
        return None
    mark = getattr(error, "problem_mark", None)
    return mark.index if mark is not None else None


def quote_targets(text: str, faults: Faults) -> str | None:
    """Note each `target: >98` (or, among steps, `2023: >98`) that lacks its quotes; return the text without these signs.

    In their place stands a sign that needs no quotes. None when there is no such line. The parser stops at the first of
    them, but the author has most likely written all of them alike, and other faults are to be seen in the same run; so
    the columns must stay where they are.
    """
    pieces: list[str] = []
    end = 0
    for match in islice(_UNQUOTED.finditer(text), _MOST_UNQUOTED):
        at = match.start("sign")
        begin = text.rfind("\n", 0, at) + 1
        if "#" in text[begin:at]:
            continue
        faults.add("PC112", Spot(text.count("\n", 0, at) + 1, at - begin + 1), found=match["found"])
        pieces += (text[end:at], "≥", match["found"].replace("=", " ", 1).rjust(match.end() - at - 1))
        end = match.end()
    return "".join((*pieces, text[end:])) if pieces else None


def _line(lines: list[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""


def _explain(problem: str, lines: list[str], line: int, column: int) -> tuple[Text, _At]:
    if "cannot start any token" in problem:
        sign = _line(lines, line)[column : column + 1]
        if sign == "\t":
            return Text("此处是制表符（Tab），缩进只能用空格", "a tab stands here; indent with spaces"), "problem"
        return Text(f"值不能以“{sign}”开头，请加引号", f"a value cannot begin with '{sign}'; quote it"), "problem"
    for part, at, said in _PROBLEMS:
        if part in problem:
            return said, at
    return _other(problem), "problem"


def _other(problem: str) -> Text:
    return Text(f"解析器报告：{problem}", problem)
