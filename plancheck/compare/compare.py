"""One result held against another: what was mended, what is new, what changed, and whether the rule or the data did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from plancheck.model import Reading, Value
from plancheck.model.comparison import Comparison, Edit, Held, Judged, Move, Result, Seen
from plancheck.quantity import Absent

_KINDS = ("not_met", "behind", "unknown")


def compare(before: Result, after: Result) -> Comparison:
    """Return what changed from `before` to `after`."""
    fixed, new, standing = _sorted_out(_by_subject(before.faults), _by_subject(after.faults))
    gone, come = before.units - after.units, after.units - before.units
    return Comparison(
        before,
        after,
        fixed=fixed,
        new=new,
        standing=standing,
        moves=tuple(_moves(before, after)),
        edits=tuple(edit for edit in _edits(before, after) if edit.unit not in gone | come),
        gone=tuple(sorted(gone)),
        come=tuple(sorted(come)),
        rules=tuple(_rules(before, after)),
    )


def with_readings(result: Result, readings: Iterable[Reading], said: Callable[[Value | Absent], str | None]) -> Result:
    """Return a result that holds everything that was read, where its verdicts rest on some of it only."""
    values = held(
        (each.element, each.unit, each.period, Held(said(each.value), place_of(each.file, each.sheet, each.cell)))
        for each in readings
    )
    return replace(result, values=values, units=frozenset(unit for _, unit, _, _ in values if unit))


def held(values: Iterable[tuple[str, str, int, Held]]) -> dict[tuple[str, str, int, int], Held]:
    """Return values by element, unit, period and number: a unit may have several rows, one for each group of grades."""
    found: dict[tuple[str, str, int, int], Held] = {}
    rows: dict[tuple[str, str, int], dict[str, int]] = {}
    for element, unit, period, value in values:
        numbers = rows.setdefault((element, unit, period), {})
        number = numbers.setdefault(value.place, len(numbers) + 1)
        found[element, unit, period, number] = value
    return found


def place_of(file: str, sheet: str, cell: str) -> str:
    """Return file, sheet and cell in one; of the file the name alone, as two submissions lie in different folders."""
    name = file.replace("\\", "/").rpartition("/")[2]
    return f"{name} {sheet}!{cell}" if sheet and cell else f"{name} {sheet}".rstrip()


def _by_subject(faults: Mapping[str, Seen]) -> dict[str, Seen]:
    """Return faults by what they are about: a target that is behind now and was missed before is the same one."""
    return {key.rpartition("|")[0] if seen.code in _KINDS else key: seen for key, seen in faults.items()}


Faults = tuple[Seen, ...]


def _sorted_out(was: Mapping[str, Seen], now: Mapping[str, Seen]) -> tuple[Faults, Faults, Faults]:
    """Return the faults that are fixed, new, and still there.

    A fault that is not found under its own file is looked for under any: a second submission is often named anew.
    """
    left = {key: seen for key, seen in was.items() if key not in now}
    elsewhere: dict[str, list[str]] = {}
    for key in left:
        elsewhere.setdefault(_without_file(key), []).append(key)
    new, standing = [], []
    for key, seen in now.items():
        same = elsewhere.get(_without_file(key))
        if key in was:
            standing.append(seen)
        elif same:
            del left[same.pop(0)]
            standing.append(seen)
        else:
            new.append(seen)
    return tuple(left.values()), tuple(new), tuple(standing)


def _without_file(key: str) -> str:
    code, *rest = key.split("|")
    return "|".join((code, *rest[1:]) if len(rest) > 3 else (code, *rest))


def _moves(before: Result, after: Result) -> Iterator[Move]:
    known = {name for name, _, _ in before.verdicts} & {name for name, _, _ in after.verdicts}
    for key in dict.fromkeys((*before.verdicts, *after.verdicts)):
        was, now = before.verdicts.get(key), after.verdicts.get(key)
        if was is not None and now is not None:
            if (was.status, was.value) != (now.status, now.value):
                yield Move(was, now, "data" if was.rule == now.rule else "rule")
        else:
            yield Move(was, now, "data" if key[0] in known else "rule")


def _edits(before: Result, after: Result) -> Iterator[Edit]:
    for key in dict.fromkeys((*before.values, *after.values)):
        was, now = before.values.get(key), after.values.get(key)
        if (was and was.value) != (now and now.value):
            places = {each.place for each in (was, now) if each is not None}
            yield Edit(*key[:3], was, now, asked=bool(places & before.asked))


def _rules(before: Result, after: Result) -> Iterator[str]:
    """Yield the indicators that only one result has, or has under another rule, in the order they stand in."""
    was, now = _rule_of(before.verdicts.values()), _rule_of(after.verdicts.values())
    yield from (name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name))


def _rule_of(verdicts: Iterable[Judged]) -> dict[str, frozenset[str]]:
    rules: dict[str, set[str]] = {}
    for each in verdicts:
        rules.setdefault(each.indicator, set()).add(each.rule)
    return {name: frozenset(found) for name, found in rules.items()}
