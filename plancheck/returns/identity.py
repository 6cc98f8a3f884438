"""Who reports: a row's code, name and stage held against the roster. Code first, then alias; never a likeness."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from plancheck.language import Said, Text, all_of
from plancheck.model import Roster, Unit, Units
from plancheck.pattern import Pattern
from plancheck.quantity import tidy
from plancheck.returns.words import key

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")

_ANY = Pattern("")
_NONE: Mapping[str, str] = {}
MOST_SUGGESTIONS = 100
"""Likely names are looked for this many times: the search is slow, and a wrong roster makes strangers of everybody."""


class Known(Struct, frozen=True):
    """The unit a row belongs to, or None, with the findings on the way (code, params); `campus` where it is one's."""

    unit: Unit | None
    findings: tuple[tuple[str, Mapping[str, Said]], ...] = ()
    campus: str = ""


class Identifier(Struct):
    """Finds units by code and name; keeps what it found, as a return names a school many times."""

    units: Units
    roster: Roster | None
    _suggestions: int = MOST_SUGGESTIONS
    _pattern: Pattern[str] = _ANY
    _stages: Mapping[str, str] = field(default_factory=dict)
    _names: Mapping[str, str] = field(default_factory=dict)
    _of_code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pattern = Pattern(self.units.code_pattern)
        self._stages = {
            key(word): stage.id
            for stage in self.units.stages.values()
            for word in (stage.label.zh, stage.id, *stage.words)
        }
        roster = self.roster.units.values() if self.roster else ()
        self._names = {unit.code: unit.name for unit in roster}
        of_code: dict[str, list[str]] = {}
        for unit in roster:
            of_code.setdefault(unit.code, []).append(unit.stage)
        self._of_code = {code: tuple(stages) for code, stages in of_code.items()}

    def stage(self, text: str) -> str | None:
        """Return the stage a word names, or None."""
        return self._stages.get(key(text))

    def well_formed(self, code: str) -> bool:
        """Return whether a school code looks as the plan says codes do."""
        return self._pattern.fullmatch(code) is not None

    def _put_right(self, code: str) -> str:
        """Return a code without the blanks typed into it and the apostrophe before it, where it is one then: 2111 1700 01."""
        closed = "".join(code.split()).lstrip("'‘’")
        return closed if not self.well_formed(code) and self.well_formed(closed) else code

    def codes_of(self, name: str) -> tuple[str, ...]:
        """Return the codes of the schools on the roster that a name stands for."""
        return tuple(self.roster.aliases.get(key(name), ())) if self.roster else ()

    def identify(self, code: str, name: str, stage: str, attributes: Mapping[str, str]) -> Known:
        """Return the unit a row's code, name, stage word (or stage id) and attributes stand for."""
        findings: list[tuple[str, Mapping[str, Said]]] = []
        if not (code.isascii() and code.isdigit()):  # nearly all are written in digits, with nothing to put right
            code = self._put_right(tidy(code).translate(_DIGITS).removesuffix(".0"))
        if code and not self.well_formed(code):
            findings.append(("PC221", {"found": code}))
            code = ""
        return self.known(code, name, stage, attributes, findings)

    def known(
        self,
        code: str,
        name: str,
        stage: str,
        attributes: Mapping[str, str],
        findings: list[tuple[str, Mapping[str, Said]]],
    ) -> Known:
        """Return the unit that these stand for; the code is well formed, or empty, and `findings` tell how it became so."""
        if self.roster is None:
            return self._without_roster(code, name, stage, attributes, findings)
        if code and code not in self._names:
            return self._stranger(code, name, findings)
        if not code:
            codes = self.roster.aliases.get(key(name), ())
            if len(codes) > 1:
                return Known(None, (*findings, ("PC224", {"found": name, "codes": all_of(codes)})))
            if not codes:
                # a code that is none has been told; without a name there is nothing to add
                return self._stranger("", name, findings) if name or not findings else Known(None, tuple(findings))
            code = codes[0]
        elif name and code not in (named := self.roster.aliases.get(key(name), ())):
            if named:
                other = all_of(f"{self._names[each]} {each}" for each in named[:2])
                params: dict[str, Said] = {"code": code, "expected": self._names[code], "found": name, "other": other}
                return Known(None, (*findings, ("PC269", params)))
            findings.append(("PC216", {"code": code, "expected": self._names[code], "found": name}))
        known = self._at_stage(code, stage, attributes, findings)
        return replace(known, campus=self._campus(code, name))

    def _campus(self, code: str, name: str) -> str:
        """Return the campus of a school that a name stands for, empty where it is the school's own."""
        assert self.roster is not None
        return next((each for each in self.roster.campuses.get(code, ()) if key(each) == key(name)), "")

    def _at_stage(
        self, code: str, stage: str, attributes: Mapping[str, str], findings: list[tuple[str, Mapping[str, Said]]]
    ) -> Known:
        assert self.roster is not None
        known = self._of_code[code]
        found = self._stage_of(stage, attributes, known)
        if found is None:
            labels = all_of(self.units.stages[each].label for each in known)
            return Known(None, (*findings, ("PC217", {"name": self._names[code], "found": stage, "known": labels})))
        unit = self.roster.units.get(f"{code}/{found}")
        if unit is None:
            label = self.units.stages[found].label
            where = Text(f"{self._names[code]}（{label.zh}）", f"{self._names[code]} ({label.en})")
            return Known(None, (*findings, ("PC214", {"found": where, "suggestion": ""})))
        return Known(unit, tuple(findings))

    def _stage_of(self, stage: str, attributes: Mapping[str, str], known: tuple[str, ...]) -> str | None:
        """Return the stage: as written, else the only one the school or its type has."""
        if stage:
            return self.stage(stage)
        if len(known) == 1:
            return known[0]
        of_type = self.units.types.get(attributes.get(self.units.type, ""), ())
        return of_type[0] if len(of_type) == 1 else None

    def _without_roster(
        self,
        code: str,
        name: str,
        stage: str,
        attributes: Mapping[str, str],
        findings: list[tuple[str, Mapping[str, Said]]],
    ) -> Known:
        found = self._stage_of(stage, attributes, ())
        if found is None:
            labels = all_of(each.label for each in self.units.stages.values())
            return Known(None, (*findings, ("PC217", {"name": name or code, "found": stage, "known": labels})))
        school = code or name
        return Known(Unit(f"{school}/{found}", school, name or code, found, attributes or _NONE), tuple(findings))

    def _stranger(self, code: str, name: str, findings: list[tuple[str, Mapping[str, Said]]]) -> Known:
        """Say that a school is not on the roster, with what it may have meant; its data are left out all the same."""
        assert self.roster is not None
        meant = self.roster.aliases.get(key(name), ())
        if not meant and self._suggestions:
            from difflib import get_close_matches

            self._suggestions -= 1
            near = get_close_matches(key(name), self.roster.aliases, n=1, cutoff=0.6) if name else []
            meant = self.roster.aliases[near[0]] if near else ()
        likely = all_of(f"{self._names[each]} {each}" for each in meant[:2])
        suggestion = Text(f"；是否为 {likely.zh}？", f"; did you mean {likely.en}?") if meant else ""
        found = f"{name} {code}".strip()
        return Known(None, (*findings, ("PC214", {"found": found, "suggestion": suggestion})))
