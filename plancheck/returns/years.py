"""Which year a cell names: 2023, 2023年, 2023.9, 2023年9月底, a date, a date's serial number. What is unclear is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from plancheck.pattern import Pattern
from plancheck.quantity import Absent, exact, no_data, tidy
from plancheck.returns.sheet import Cell

_DIGITS: Final = str.maketrans(
    "０１２３４５６７８９〇零一二三四五六七八九．。—–－～至（）", "01234567890012345678" + "9..-----()"
)
_ENDS: Final = r"(?:初|中|末|底|内|上半年|下半年|春季?|夏季?|秋季?|冬季?|第?[1-4]季度)?(?:以?前)?"
_TERM: Final = r"(?:第?1学期|上学期)?"  # the second term lies in the next year already
_PARTS: Final = r"(?:0?[1-9]|1[0-2])"
_DAYS: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_FORMS: Final = (
    Pattern(rf"((?:19|20)[0-9]{{2}})(?:年?度|年{_ENDS}|学年度?{_TERM})?"),
    Pattern(rf"((?:19|20)[0-9]{{2}})年{_PARTS}月(?:份|[初中末底]|{_DAYS}[日号]?)?(?:以?前)?"),
    Pattern(rf"((?:19|20)[0-9]{{2}})([./-]){_PARTS}(?:\2{_DAYS})?(?: [0-9:.]+)?"),
    Pattern(r"((?:19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?"),
)
_SCHOOL_YEAR: Final = Pattern(rf"((?:19|20)[0-9]{{2}})年?-((?:19|20)[0-9]{{2}})学?年?度?{_TERM}")
_BEFORE: Final = Pattern(r"(?:19|20)[0-9]{2}年?以?前")
_HANGING: Final = Pattern(r"随.+|.*(?:同步|另行|择期|适时).*|(?:时间|日期)?(?:未定|尚未确定|待确定|待研究)")
_UNDATED: Final = Pattern(r"(?:长期|持续|常年|常态)(?:化|性|坚持|推进|进行|实施|开展)*")
_SERIALS: Final = range(36_526, 73_051)
"""Excel's numbers of the days from 2000-01-01 to 2099-12-31; none of them can be a year."""
_DAY_0: Final = date(1899, 12, 30)


def read_year(cell: Cell) -> int | Absent | None:
    """Return the year a cell names, or how it says that there is none yet; None where it says something else.

    `随棚改同步完成` names no year: when is not known. `长期` declares that there is none. A span of years, two digits
    and `2023年前` (which year before?) are not clear.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, date):
        return cell.year
    if isinstance(cell, float | int):
        return _of_number(cell)
    return _of_text(cell) if isinstance(cell, str) else None


def _of_number(cell: float) -> int | None:
    try:
        value = exact(cell)
    except ValueError:
        return None
    if value in _SERIALS:
        return (_DAY_0 + timedelta(days=int(value))).year
    # 2023.1 may be January or October: the year is the same.
    return _matched(str(value) if isinstance(value, int) else repr(cell))


def _of_text(text: str) -> int | Absent | None:
    said = tidy(text)
    if (absent := no_data(said)) is not None:
        return absent
    plain = said.translate(_DIGITS).replace(" 年", "年").replace("年 ", "年").replace("月 ", "月")
    if span := _SCHOOL_YEAR.fullmatch(plain):
        return int(span[1]) if int(span[2]) == int(span[1]) + 1 and "学" in plain else None
    found = None if _BEFORE.fullmatch(plain) else _matched(plain)
    if found is not None or any(character.isdigit() for character in plain):
        return found
    wordings: tuple[tuple[Callable[[str], object], Absent], ...] = (
        (_HANGING.fullmatch, Absent.UNKNOWN),
        (_UNDATED.fullmatch, Absent.NONE),
    )
    return next((absent for matches, absent in wordings if matches(said)), None)


def _matched(plain: str) -> int | None:
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    return int(found[1]) if found else None
