"""A one-school form that goes on on a sheet which names no school: whose it is, where nobody else can be meant.

One school alone must speak in the workbook, no sheet may name another, and the sheet may tell nothing that another sheet of the
school tells of the same year: a second copy of the form may be a second school's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from typing import Final

from msgspec.structs import replace

from plancheck.language import Text
from plancheck.model import Block, SheetAccount, Unit
from plancheck.pattern import Pattern
from plancheck.quantity import tidy
from plancheck.returns.campuses import campus_of
from plancheck.returns.filler import labelled
from plancheck.returns.sheet import Sheet, text_of
from plancheck.returns.table import Context, Notes, Owner
from plancheck.returns.words import key

_NAMES_SOMEBODY: Final = frozenset(("PC213", "PC214", "PC217", "PC221", "PC224", "PC269", "PC275"))
"""Findings on sheets that name somebody, or hold somebody's figures, of whom nobody knows who it is."""
_SCHOOL: Final = Pattern(r"[\u4e00-\u9fff]+?(?:小学|中学|学校|幼儿园|学院|校区|分校|中心校|附中|附小|[校园]$)")
_CODE: Final = Pattern(r"[0-9]{6,}")
_LEAST: Final = 2
"""Signs of a name on the roster that is looked for in a text."""

Read = Callable[[Notes, Context], SheetAccount]


def take_continued(
    sheets: MutableMapping[int, Notes], accounts: MutableSequence[SheetAccount], context: Context, read: Read
) -> None:
    """Read the sheets that name no school again, as those of the one that speaks in the workbook, where that is clear.

    `sheets` are those of a workbook as read, by the numbers of their `accounts`.
    """
    nameless = {at: notes for at, notes in sheets.items() if notes.nameless is not None}
    others = [notes for at, notes in sheets.items() if at not in nameless]
    owner = _owner(others, context) if nameless and others else None
    if owner is None:
        return
    again: dict[int, tuple[Notes, SheetAccount]] = {}
    for at, notes in nameless.items():
        if not _names_another(notes, owner, others, context):
            new = replace(notes, findings=[], left_out=notes.left_out.__class__(), understood=[], blocks=[], used=0)
            new.owner, new.nameless = owner, None
            again[at] = new, read(new, context)
    told = {at: frozenset(_told(new.blocks)) for at, (new, _) in again.items()}
    known = frozenset(_told(block for notes in others for block in notes.blocks))
    for at, (new, account) in again.items():
        elsewhere = known.union(*(each for other, each in told.items() if other != at))
        if told[at] and told[at].isdisjoint(elsewhere):
            year = owner.year if any(found.code == "PC211" for found in nameless[at].findings) else None
            _say(new, owner, year)
            sheets[at], accounts[at] = new, account


def _say(notes: Notes, owner: Owner, year: int | None) -> None:
    also = Text(f"；年度也按该表，为 {year} 年", f"; so is its year, {year}") if year else ""
    notes.find("PC277", "", {"name": owner.unit.name, "sheet": owner.sheet, "year": also}, owner.unit.id)


def _told(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """Yield what blocks have a place for, blank or not, with its year."""
    return ((element, block.period) for block in blocks for element in block.places())


def _owner(others: Sequence[Notes], context: Context) -> Owner | None:
    """Return the one school that speaks on the sheets that name one, None where that may be two."""
    if any(found.code in _NAMES_SOMEBODY for notes in others for found in notes.findings):
        return None
    blocks = [block for notes in others for block in notes.blocks]
    who = {(unit.id, campus_of(key)) for block in blocks for unit, key in _rows(block)}
    if len(who) != 1 or not all(_names_only(notes.sheet, blocks[0].units[0], context) for notes in others):
        return None
    ((_, campus),) = who
    first = next(notes for notes in others if notes.blocks)
    years = {block.period for block in blocks if not block.aside}
    return Owner(blocks[0].units[0], campus, first.sheet.name, next(iter(years)) if len(years) == 1 else None)


def _rows(block: Block) -> Iterator[tuple[Unit, str]]:
    return zip(block.units, block.keys or [""] * len(block.units), strict=True)


def _names_only(sheet: Sheet, unit: Unit, context: Context) -> bool:
    """Return whether the labelled cells of a sheet, read or not, give no other code or name than one school's."""
    units, identifier = context.plan.units, context.identifier
    said = list(labelled(sheet, context, {units.code, units.name}))
    codes = [value for _, _, element, value in said if element == units.code]
    names = [value for _, _, element, value in said if element == units.name]
    pairs = [*((code, "") for code in codes), *(("", name) for name in names)]
    known = [identifier.identify(*pair, unit.stage, {}).unit for pair in pairs]
    return all(found is None or found.code == unit.code or found.name == unit.name for found in known)


def _names_another(notes: Notes, owner: Owner, others: Sequence[Notes], context: Context) -> bool:
    """Return whether a sheet may name another school than its owner: in its name, above its rows, or by a name of the roster."""
    assert notes.nameless is not None
    rows = notes.sheet.rows
    above = [notes.sheet.name, *(tidy(text_of(cell)) for row in rows[: notes.nameless] for cell in row if cell != "")]
    words = [key(cell) for row in rows for cell in row if isinstance(cell, str) and cell]
    own, strange = _aliases(owner.unit, context)
    if any(name in _without(own, word) for word in (*map(key, above), *words) for name in strange):
        return True
    codes = (code for text in above for code in _CODE.findall(text) if context.identifier.well_formed(code))
    if any(code != owner.unit.code for code in codes):
        return True
    said = " ".join(key(text_of(cell)) for other in others for row in other.sheet.rows for cell in row if cell != "")
    named = (name for text in above for name in _SCHOOL.findall(_without(own, key(text))))
    return any(name not in said for name in named)


def _aliases(unit: Unit, context: Context) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of a school, the longest first, and those of all others on the roster."""
    roster = context.identifier.roster
    known: Mapping[str, tuple[str, ...]] = roster.aliases if roster else {}
    own = {key(unit.name), *(name for name, codes in known.items() if unit.code in codes)}
    strange = [name for name, codes in known.items() if unit.code not in codes and len(name) >= _LEAST]
    return sorted(own, key=len, reverse=True), strange


def _without(names: Sequence[str], text: str) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
