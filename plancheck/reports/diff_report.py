"""What changed between two results, on the screen and as JSON (`plancheck/diff/1`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from plancheck.language import Lang
from plancheck.model.comparison import Comparison, Edit, Judged, Move, Seen
from plancheck.reports.clean import clean_text
from plancheck.reports.page import Line, Piece, Style, hanging
from plancheck.reports.symbols import Screen
from plancheck.wording import WORDS, say

SCHEMA: Final = "plancheck/diff/1"
_MOST: Final = 20


def diff_schema() -> str:
    """Return the JSON Schema (draft-07) of the document."""
    return Path(__file__).with_name("diff.schema.json").read_text(encoding="utf-8")


def render(
    found: Comparison, screen: Screen, labels: Mapping[str, str], *, all_of_them: bool = False
) -> Iterator[Line]:
    """Yield the comparison, the worst first; long lists are folded unless all is wanted. `labels` name elements."""
    lang = screen.lang
    arrow = screen.signs.arrow
    for text in hanging("", f"{found.before.name} {arrow} {found.after.name}", screen.room, 2):
        yield (Piece(text, "strong"),)
    if found.before.sha256 != found.after.sha256:
        yield from ((Piece(text, "poor"),) for text in hanging("", say("diff.plan", lang), screen.room, 2))
    parts: tuple[tuple[str, Style, Sequence[str]], ...] = (
        ("diff.new", "bad", [_seen(each, lang) for each in found.new]),
        ("diff.standing", "poor", [_seen(each, lang) for each in found.standing]),
        ("diff.fixed", "good", [_seen(each, lang) for each in found.fixed]),
        ("diff.moves", "", [_move(each, arrow, lang) for each in found.moves]),
        ("diff.unasked", "poor", [_edit(each, arrow, labels) for each in found.edits if not each.asked]),
        ("diff.asked", "", [_edit(each, arrow, labels) for each in found.edits if each.asked]),
        ("diff.gone", "poor", found.gone),
        ("diff.come", "good", found.come),
        ("diff.rules", "", found.rules),
    )
    for key, style, lines in parts:
        *head, last = hanging("", f"{say(key, lang)} {len(lines)}", screen.room, 2)
        yield from ((Piece(text, "strong"),) for text in head)
        text, _, count = last.rpartition(" ")
        yield Piece(f"{text} ", "strong"), Piece(count, style if lines else "quiet")
        most = len(lines) if all_of_them else _MOST
        for line in lines[:most]:
            yield from ((Piece(text),) for text in hanging("  ", line, screen.room, 4))
        if len(lines) > most:
            yield (Piece(f"  {say('inspect.more', lang, count=len(lines) - most)}", "quiet"),)


def _seen(seen: Seen, lang: Lang) -> str:
    code = say(f"status.{seen.code}", lang) if f"status.{seen.code}" in WORDS else seen.code
    return "  ".join(part for part in (seen.place, code, seen.words) if part)


def _move(move: Move, arrow: str, lang: Lang) -> str:
    one = move.after or move.before
    assert one is not None
    what = f"{one.label} · {one.name} · {one.period}"
    by = say(f"diff.by_{move.by}", lang)
    return f"{what}  {_stands(move.before, lang)} {arrow} {_stands(move.after, lang)}  ({by})"


def _stands(judged: Judged | None, lang: Lang) -> str:
    return "-" if judged is None else f"{say(f'status.{judged.status}', lang)} {judged.value}".rstrip()


def _edit(edit: Edit, arrow: str, labels: Mapping[str, str]) -> str:
    was, now = ("-" if each is None or each.value is None else each.value for each in (edit.before, edit.after))
    held = edit.after or edit.before
    place = "" if held is None else held.place
    facts = (labels.get(edit.element, edit.element), edit.unit, str(edit.period), f"{was} {arrow} {now}", place)
    return "  ".join(fact for fact in facts if fact)


def render_json(found: Comparison) -> str:
    """Return the comparison as one JSON document, always whole."""
    document = {
        "schema": SCHEMA,
        "before": {"name": found.before.name, "plan": found.before.plan, "plan_sha256": found.before.sha256},
        "after": {"name": found.after.name, "plan": found.after.plan, "plan_sha256": found.after.sha256},
        "fixed": [_seen_document(each) for each in found.fixed],
        "new": [_seen_document(each) for each in found.new],
        "standing": [_seen_document(each) for each in found.standing],
        "verdicts": [_move_document(each) for each in found.moves],
        "values": [_edit_document(each) for each in found.edits],
        "units_missing": list(found.gone),
        "units_new": list(found.come),
        "rules": list(found.rules),
    }
    return json.dumps(_cleaned(document), ensure_ascii=False, indent=1) + "\n"


def _cleaned(value: object) -> object:
    """Return a value of JSON with all its texts made harmless: a result may come from anywhere."""
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    return clean_text(value) if isinstance(value, str) else value


def _seen_document(seen: Seen) -> dict[str, str]:
    return {"code": seen.code, "place": seen.place, "unit": seen.unit, "message": seen.words}


def _move_document(move: Move) -> dict[str, object]:
    one = move.after or move.before
    assert one is not None
    before, after = (
        None if each is None else {"status": each.status, "value": each.value, "rule": each.rule}
        for each in (move.before, move.after)
    )
    return {
        "indicator": one.indicator, "unit": one.unit, "name": one.name, "period": one.period, "by": move.by,
        "before": before, "after": after,
    }  # fmt: skip


def _edit_document(edit: Edit) -> dict[str, object]:
    before, after = (
        None if each is None else {"value": each.value, "place": each.place} for each in (edit.before, edit.after)
    )
    return {
        "element": edit.element, "unit": edit.unit, "period": edit.period, "asked": edit.asked,
        "before": before, "after": after,
    }  # fmt: skip
