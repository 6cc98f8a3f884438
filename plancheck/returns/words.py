"""Header words: how the words on a sheet are compared with those of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from plancheck.model import Column, Form, Plan
from plancheck.pattern import Pattern
from plancheck.quantity import UNIT_WORDS, tidy

Path = tuple[str, ...]

_HALF_WIDTH = str.maketrans("０１２３４５６７８９（）：，．％＋－—–−＃＊／［］", "0123456789():,.%+----#*/[]")
_NOISE = Pattern(r"[\s“”\"'‘’「」『』]+")
_LEADING = Pattern(
    r"^(?:[#*]|其中:?(?=.)|[0-9]{1,2}[.、](?=\D)|[(][一二三四五六七八九十0-9]{1,3}[)]|[一二三四五六七八九十]{1,2}、|是否(?=.))"
)
_TRAILING_UNIT = Pattern(r"[(\[](?:单位:)?([^()\[\]]{1,6})[)\]]$")
_TRAILING = Pattern(r"(?<=.)[:%]$")


@lru_cache(maxsize=1_000)
def key(text: str) -> str:
    """Return a header word as it is compared: without white space, quotes, 其中：, numbering, 是否 and its unit."""
    return _split(text)[0]


@lru_cache(maxsize=1_000)
def header_unit(text: str) -> str:
    """Return the unit word a header carries in brackets, 支出（万元） -> 万元, or an empty text."""
    return _split(text)[1]


def _split(text: str) -> tuple[str, str]:
    plain = _NOISE.sub("", tidy(text)).translate(_HALF_WIDTH)
    unit = ""
    match = _TRAILING_UNIT.search(plain)
    if match and match.group(1) in UNIT_WORDS and match.start() > 0:
        plain, unit = plain[: match.start()], match.group(1)
    before = None
    while before != plain:
        before = plain
        plain = _TRAILING.sub("", _LEADING.sub("", plain))
    return plain, unit


LAST_YEAR = frozenset(("上年", "去年", "上学年", "上年度", "上一年", "上年数", "上年末"))
THIS_YEAR = frozenset(("本年", "今年", "本学年", "本年度", "当年", "本年数", "填报值"))
YEAR_BEFORE = -1
"""Stands for the year before the one reported, where a head says 上年."""
TOTALS = frozenset(
    (
        "合计",
        "总计",
        "小计",
        "共计",
        "全区合计",
        "全区",
        "全县",
        "全市",
        "累计",
        "总数",
        "合计数",
        "总计数",
        "总和",
        "汇总",
    )
)
_COUNTED = Pattern(r"(?<=.)(?:[(][^()]*[)]|[0-9]+[所校园个])$|(?<=[合总小共]计)数$")
"""What may stand behind the word for a total: 合计（78所）, 小计5所."""
_PART_TOTAL = ("合计", "小计", "总计", "共计")
_LONGEST_TOTAL = 24
_HOW_MANY = Pattern(r"(?:以上|总)?共[0-9]+[所校园个]")
MEANS = Pattern(r"(?:全[区县市]|各?[学校园]{1,2}|总)?(?:平均|均值)[数值]?")
_YEAR = Pattern(r"(20[0-9]{2})(?:年(?:度|末|底)?|学年(?:度)?|年?[-~至/](20[0-9]{2})学?年?度?)?")


def is_total(word: str) -> bool:
    """Return whether a compared word names a total row, or one of means: 合计, 小学小计, 合计（2所）, 全区平均."""
    plain = _COUNTED.sub("", word)
    return (
        plain in TOTALS
        or (len(plain) <= _LONGEST_TOTAL and plain.endswith(_PART_TOTAL))
        or _HOW_MANY.fullmatch(word) is not None
        or MEANS.fullmatch(word) is not None
    )


def is_whole(word: str) -> bool:
    """Return whether a word for a total names that of all rows, not of a part: 合计, but not 小计 or 小学合计."""
    plain = _COUNTED.sub("", word)
    return (plain in TOTALS and plain != "小计") or _HOW_MANY.fullmatch(word) is not None


def year_word(word: str) -> int | None:
    """Return the year a header word stands for (2023, 2023年, 2023-2024学年), or None: 2021-2025年 is no year."""
    match = _YEAR.fullmatch(word)
    if match is None or (match[2] and int(match[2]) != int(match[1]) + 1):
        return None
    return int(match[1])


_BEGINS_WITH_YEAR = Pattern(
    r"(20[0-9]{2}(?:学?年度|学年|年(?:末|底)?)|20[0-9]{2}年?[-~至/]20[0-9]{2}学年度?|上(?:一年|学年|年[度末]?)|去年)(?:的|度)?(?=.)"
)


def path_of(texts: Iterable[str]) -> Path:
    """Return the cells of a head over one column as they are compared, without 其中 and what is said twice."""
    cells = [_steps(text) for text in texts]
    words = [word for at, steps in enumerate(cells) if at == 0 or steps != cells[at - 1] for word in steps]
    return tuple(
        word for at, word in enumerate(words) if word and word != "其中" and (at == 0 or word != words[at - 1])
    )


def _steps(text: str) -> Path:
    """Return one such cell: one word, or a year and the word that it stands before, 2022年招生数, 上年合格率."""
    word = key(text)
    year = _BEGINS_WITH_YEAR.match(word)
    if year is None or word in LAST_YEAR or (year_word(year[1]) is None and year[1] not in LAST_YEAR):
        return (word,)
    return year[1], key(word[year.end() :])


class FormWords(Struct, frozen=True, eq=False):
    """One form with its columns' paths as they are compared; `by_last` finds the candidates of a header's last word.

    Compared by identity, so that what was found for a form can be kept.
    """

    form: Form
    by_last: Mapping[str, tuple[tuple[Column, Path], ...]]
    required: tuple[Column, ...]
    words: frozenset[str]
    title: str
    sheets: frozenset[str]
    """What it, and the sheets that it is found on, are called."""


class Vocabulary(Struct, frozen=True):
    """Every word by which the plan's forms are found; `identity` are the words of each identifying element.

    `elements` leads from a whole header path to the elements of units that are called so, whatever form holds them;
    `texts` are the elements that are no figures.
    """

    forms: tuple[FormWords, ...]
    words: frozenset[str]
    identity: Mapping[str, str]
    elements: Mapping[Path, tuple[str, ...]]
    texts: frozenset[str]
    by_cells: bool = False
    """Whether the plan has forms with fixed cells at all."""


def vocabulary(plan: Plan) -> Vocabulary:
    """Prepare a plan's header words once for all sheets."""
    forms = tuple(_form_words(form) for form in plan.forms.values())
    words = frozenset(word for form in forms for word in form.words)
    texts = [element for element in plan.elements.values() if element.unit == "text"]
    identity = {key(word): element.id for element in texts for word in element.words if ">" not in word}
    return Vocabulary(
        forms,
        words,
        identity,
        _by_path(plan),
        frozenset(element.id for element in texts),
        any(form.form.rows == "cells" for form in forms),
    )


def _by_path(plan: Plan) -> Mapping[Path, tuple[str, ...]]:
    called: dict[Path, list[str]] = {}
    for element in plan.elements.values():
        if element.reporter == "unit":
            for path in _distinct(tuple(map(key, word.split(" > "))) for word in element.words):
                called.setdefault(path, []).append(element.id)
    return {path: tuple(elements) for path, elements in called.items()}


def _form_words(form: Form) -> FormWords:
    by_last: dict[str, list[tuple[Column, Path]]] = {}
    for column in (*form.columns, *form.by):
        for path in _distinct(tuple(key(word) for word in path) for path in column.paths):
            by_last.setdefault(path[-1], []).append((column, path))
    required = tuple(column for column in form.columns if column.required)
    words = frozenset(word for pairs in by_last.values() for _, path in pairs for word in path)
    candidates = {last: tuple(pairs) for last, pairs in by_last.items()}
    return FormWords(form, candidates, required, words, key(form.title.zh), frozenset(map(key, form.sheets)))


def _distinct(paths: Iterable[Path]) -> Iterable[Path]:
    return dict.fromkeys(paths)


class Fit(Struct, frozen=True):
    """How well a plan's path fits a header path: exactly, by how many words, how close to the end."""

    exact: bool
    words: int
    near: int

    def rank(self) -> tuple[bool, int, int]:
        """Return what fits are compared by, greatest best."""
        return self.exact, self.words, self.near


def fit(wanted: Path, found: Path) -> Fit | None:
    """Return how `wanted` fits the header path `found`: its words in order, the last at the end; None if it does not."""
    if not found or wanted[-1] != found[-1]:
        return None
    at = len(found) - 1
    for word in reversed(wanted[:-1]):
        at -= 1
        while at >= 0 and found[at] != word:
            at -= 1
        if at < 0:
            return None
    return Fit(wanted == found, len(wanted), at)


@lru_cache(maxsize=1_000)
def year_of(path: Path) -> tuple[int | None, Path]:
    """Return the year that a header path names (`YEAR_BEFORE` for 上年) and the path without it; None where it names none, or two."""
    named = {word: YEAR_BEFORE if word in LAST_YEAR else year_word(word) for word in path}
    years = {year for year in named.values() if year is not None}
    bare = tuple(word for word in path if named[word] is None)
    return (years.pop(), bare) if len(years) == 1 and bare else (None, path)


def of_other_year(path: Path, wanted: Path) -> bool:
    """Return whether a header speaks of another year than the reported one (上年, 2022年) and the plan's path does not."""
    return any(_other_year(word) for word in path) and not any(_other_year(word) for word in wanted)


def _other_year(word: str) -> bool:
    return word in LAST_YEAR or word.startswith("上年") or year_word(word) is not None
