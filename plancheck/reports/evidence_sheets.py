"""The sheets of the results workbook about returns: findings with links, who is missing, explanations, the run's stamp."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from plancheck import __version__
from plancheck.codes import CODES, hint, message
from plancheck.language import Lang
from plancheck.model import STANDARD_INPUT, Assessment, Finding
from plancheck.reports.clean import clean_text
from plancheck.reports.explained import ExplainedRow, explained_rows
from plancheck.reports.findings import by_grade
from plancheck.reports.place import file_text
from plancheck.reports.rows import account_text
from plancheck.reports.sheets import Cell, Column, Sheet, texts
from plancheck.reports.summary import named
from plancheck.wording import say

_MISSING: Final = "PC220"
_MOST_LINKS: Final = 20_000
"""Excel opens no sheet with more than 65,530 links."""
_LONGEST_LINK: Final = 200


def finding_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return the findings, worst first; the cell leads into the return, if that lies where it lay during the run."""
    keys = {
        "severity": 12, "code": 8, "name": 20, "file": 20, "sheet": 12, "cell": 7, "unit_id": 25, "found": 44, "hint": 40,
    }  # fmt: skip
    columns = tuple(Column(say(f"column.{key}", lang), width) for key, width in keys.items())
    rows: list[list[Cell]] = []
    for grade, found in by_grade(assessment.findings).items():
        for finding in found:
            link = _link(finding) if len(rows) < _MOST_LINKS else ""
            rows.append(
                [
                    *texts(
                        say(f"grade.{grade}", lang),
                        finding.code,
                        CODES[finding.code].name,
                        file_text(finding.file, lang),
                        finding.sheet,
                    ),
                    Cell(finding.cell, link=link),
                    *texts(finding.unit, message(finding.code, finding.params, lang)),
                    Cell(hint(finding.code, finding.params, lang)),
                ]
            )
    return Sheet(say("book.findings", lang), columns, rows, held=2)


def _link(finding: Finding) -> str:
    """Return a link into a return, for a plain path below the folder of the run: any other could lead anywhere."""
    path = PurePath(finding.file)
    plain = clean_text(finding.file + finding.sheet)
    outside = path.is_absolute() or ".." in path.parts or path.drive or finding.file.startswith("\\")
    if finding.file in ("", STANDARD_INPUT) or outside or not finding.cell or not finding.sheet:
        return ""
    if plain != finding.file + finding.sheet or any(sign in plain for sign in "#:%?*[]'\"<>|\\"):
        return ""
    link = f"external:{path.as_posix()}#'{finding.sheet}'!{finding.cell}"
    return link if len(link) <= _LONGEST_LINK else ""


def missing_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return the units of the roster that sent nothing, with what the roster knows of them."""
    plan, roster = assessment.plan, assessment.roster
    attributes = [each for each in plan.units.attributes if each in plan.elements]
    columns = (
        Column(say("column.unit_id", lang), 25),
        Column(say("column.name", lang), 30),
        *(Column(plan.elements[each].label.say(lang), 14) for each in attributes),
        Column(say("column.found", lang), 50),
    )
    rows = []
    for finding in assessment.findings:
        if finding.code == _MISSING:
            known = None if roster is None else roster.units.get(finding.unit)
            held = [("" if known is None else known.attributes.get(each, "")) for each in attributes]
            name = finding.params.get("name", "")
            said = name if isinstance(name, str) else str(name) if isinstance(name, int) else name.say(lang)
            rows.append(texts(finding.unit, said, *held, message(finding.code, finding.params, lang)))
    return Sheet(say("book.missing", lang), columns, rows)


def explanation_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return what schools explained, and the waivers granted."""
    widths = (10, 34, 25, 12, 60, 24, 16, 26)
    columns = tuple(
        Column(say(f"column.{key}", lang), width) for key, width in zip(ExplainedRow._fields, widths, strict=True)
    )
    return Sheet(say("book.explanations", lang), columns, [texts(*row) for row in explained_rows(assessment, lang)])


def stamp_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return by what the run can be repeated: versions, hashes, the date; and what became of each row read."""
    plan, roster = assessment.plan, assessment.roster
    stamp = {
        "plancheck": __version__,
        say("stamp.as_of", lang): assessment.as_of,
        say("stamp.years", lang): ", ".join(map(str, assessment.periods)),
        say("stamp.fail_on", lang): ", ".join(sorted(assessment.fail_on)),
        say("stamp.exit", lang): str(assessment.exit_code),
    }
    hashed = {
        (say("stamp.plan", lang), named(plan.file)): plan.sha256,
        **{(say("stamp.plan", lang), named(file)): digest for file, digest in plan.included.items()},
        **({} if roster is None else {(say("stamp.roster", lang), named(roster.file)): roster.sha256}),
        **{(say("stamp.return", lang), file_text(file, lang)): digest for file, digest in assessment.files.items()},
    }
    rows = [[Cell(key, "strong"), Cell(each), Cell("")] for key, each in stamp.items()]
    rows += [[Cell(kind, "strong"), Cell(file), Cell(digest)] for (kind, file), digest in hashed.items()]
    rows += [
        [
            Cell(say("stamp.rows", lang), "strong"),
            Cell(f"{file_text(each.file, lang)} {each.name()}"),
            Cell(account_text(each, lang)),
        ]
        for each in assessment.sheets
    ]
    columns = (Column("", 16), Column("", 40), Column("", 70))
    return Sheet(say("book.stamp", lang), columns, rows, head=False)
