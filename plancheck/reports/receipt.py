"""A receipt (回执) to send along with a return: which file it was, to the byte, when it was checked, and what was found."""

from __future__ import annotations

from collections.abc import Iterator

from plancheck import __version__
from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports.clerk import readiness_text
from plancheck.reports.page import hanging, pad, width
from plancheck.reports.place import file_text
from plancheck.reports.rows import account_text
from plancheck.reports.summary import finding_counts, named, title, verdict_counts
from plancheck.wording import say

_ROOM = 80
_LABEL = 10


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the receipt: the check as a whole, then each return with its SHA-256, its answer and its counts."""
    return "".join(f"{line}\n" for line in _lines(assessment, lang))


def _lines(assessment: Assessment, lang: Lang) -> Iterator[str]:
    plan = assessment.plan
    yield say("receipt.title", lang)
    yield from _entry("receipt.date", assessment.as_of, lang)
    yield from _entry("receipt.plan", title(assessment, lang), lang)
    yield from _entry("receipt.plan_file", named(plan.file), lang)
    yield from _entry("receipt.sha", plan.sha256, lang)
    yield from _entry("receipt.program", f"plancheck {__version__}", lang)
    units = dict.fromkeys(f"{each.name.say(lang)} {each.unit}" for each in assessment.verdicts if each.level == "unit")
    if assessment.readiness is not None:
        for text in units:
            yield from _entry("receipt.unit", text, lang)
        yield from _entry("receipt.answer", readiness_text(assessment.readiness, lang), lang)
        for text in verdict_counts(assessment, lang):
            yield from _entry("receipt.verdicts", text, lang)
    for file, digest in assessment.files.items():
        yield ""
        yield from _of_file(assessment, file, digest, lang)


def _of_file(assessment: Assessment, file: str, digest: str, lang: Lang) -> Iterator[str]:
    found = [finding for finding in assessment.findings if finding.file == file]
    yield from _entry("receipt.file", file_text(named(file), lang), lang)
    yield from _entry("receipt.sha", digest, lang)
    yield from _entry("receipt.findings", finding_counts(found, lang), lang)
    for sheet in assessment.sheets:
        if sheet.file == file:
            yield from _entry("receipt.sheet", f"{sheet.name()}: {account_text(sheet, lang)}", lang)


def _entry(key: str, text: str, lang: Lang) -> Iterator[str]:
    label = pad(say(key, lang), _LABEL) + "  "
    yield from (line.rstrip() for line in hanging(label, text or "-", _ROOM, width(label)))
