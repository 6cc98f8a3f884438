"""An assessment as Markdown, for the summary of a CI job or a wiki: the table in the plan's order, gaps, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from plancheck import __version__
from plancheck.codes import CODES, hint, message
from plancheck.language import Lang, joined
from plancheck.model import Assessment, Finding, Plan, Verdict
from plancheck.pattern import Pattern
from plancheck.reports.clean import clean_text
from plancheck.reports.figures import (
    amount_missing,
    baseline_text,
    coverage_text,
    gap_text,
    number_text,
    status_text,
    target_text,
    value_text,
)
from plancheck.reports.findings import by_grade, folded, place_text
from plancheck.reports.other_readings import other_reading_texts
from plancheck.reports.parts import part_headings
from plancheck.reports.remarks import MOST_HOLDERS, closing_text, remark_text, spread_text
from plancheck.reports.summary import conclusions, sources, title, verdict_counts
from plancheck.reports.symbols import UNICODE
from plancheck.wording import say

# What Markdown, or GitHub beyond it, takes for its own: also :names: and http://. A backslash makes each a plain character.
_SIGNS: Final = Pattern(r"[\\`*_~\[\]<>|&#@$]|:(?=[/\w])")
_COLUMNS: Final = ("verdict", "no", "indicator", "baseline", "value", "target", "gap", "coverage", "remark")
_RIGHT: Final = frozenset(("no", "baseline", "value", "coverage"))


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the document; its findings are folded as on the screen, for a job's summary has a limit of size."""
    return "\n".join(_lines(assessment, lang)) + "\n"


def _lines(assessment: Assessment, lang: Lang) -> Iterator[str]:
    yield f"# {escaped(title(assessment, lang))}"
    yield ""
    yield " · ".join(escaped(text) for text in sources(assessment, lang))
    yield ""
    yield from (f"- {escaped(text)}" for text in (*verdict_counts(assessment, lang), *conclusions(assessment, lang)))
    for period in assessment.periods:
        judged = [each for each in assessment.verdicts if each.period == period and each.level == "district"]
        if judged:
            yield from ("", f"## {escaped(say('head.years', lang, years=str(period)))}", "")
            yield from _tables(judged, assessment.plan, lang)
    yield from _shortfalls(assessment, lang)
    yield from _spreads(assessment, lang)
    others = other_reading_texts(assessment, lang)
    if others:
        yield from ("", f"## {say('head.otherwise', lang)}", "", *(f"- {escaped(text)}" for text in others))
    for each, found in by_grade(assessment.findings).items():
        yield from ("", f"## {say(f'grade.{each}', lang)} {len(found)}", "")
        yield from _findings(found, lang)
    yield ""
    stamp = ", ".join(escaped(f"{file} {digest[:12]}".rstrip()) for file, digest in assessment.files.items())
    yield f"<sub>plancheck {__version__} · {assessment.plan.sha256[:12]} · {stamp}</sub>"


def escaped(text: str) -> str:
    """Return foreign text as Markdown that shows it letter for letter, on one line."""
    return _SIGNS.sub(r"\\\g<0>", " ".join(clean_text(text).split()))


def _tables(verdicts: Sequence[Verdict], plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield a table for each part of the plan's document, where there are several."""
    parts = part_headings((verdict.indicator for verdict in verdicts), plan, lang)
    starts = [at for at, verdict in enumerate(verdicts) if verdict.indicator in parts] or [0]
    for start, end in zip(starts, [*starts[1:], len(verdicts)], strict=True):
        if start > 0:
            yield ""
        if parts:
            yield from (f"### {escaped(parts[verdicts[start].indicator])}", "")
        yield from _table(verdicts[start:end], plan, lang)


def _table(verdicts: Sequence[Verdict], plan: Plan, lang: Lang) -> Iterator[str]:
    yield f"| {' | '.join(say(f'column.{column}', lang) for column in _COLUMNS)} |"
    yield f"|{'|'.join('---:' if column in _RIGHT else '---' for column in _COLUMNS)}|"
    for verdict in verdicts:
        indicator = plan.indicators[verdict.indicator]
        cells = (
            f"{UNICODE.status[verdict.status]} {status_text(verdict, lang)}",
            number_text(indicator),
            indicator.label.say(lang),
            baseline_text(indicator, lang),
            value_text(verdict, indicator, lang),
            target_text(verdict.target, lang),
            gap_text(verdict, indicator, plan, lang),
            coverage_text(verdict),
            remark_text(verdict, plan, lang),
        )
        yield f"| {' | '.join(map(escaped, cells))} |"


def _shortfalls(assessment: Assessment, lang: Lang) -> Iterator[str]:
    plan = assessment.plan
    missed = [
        each
        for each in assessment.verdicts
        if each.level == "district" and each.shortfalls and each.status in ("not_met", "behind")
    ]
    if missed:
        yield from ("", f"## {say('head.shortfalls', lang)}", "")
    for verdict in missed:
        indicator = plan.indicators[verdict.indicator]
        held = [
            f"{lack.name.say(lang)} {amount_missing(lack.people, verdict, indicator, plan, lang)}"
            for lack in verdict.shortfalls[:MOST_HOLDERS]
        ]
        more = len(verdict.shortfalls) - len(held)
        held += [say("shortfall.more", lang, count=more)] if more > 0 else []
        yield f"- **{escaped(indicator.label.say(lang))}**: {escaped(joined(held, lang))}"
        if closing := closing_text(verdict, plan, lang):
            yield f"  - {escaped(closing)}"


def _spreads(assessment: Assessment, lang: Lang) -> Iterator[str]:
    """Yield how far groups lie apart."""
    if assessment.spreads:
        yield from ("", f"## {say('book.spreads', lang)}", "")
    for spread in assessment.spreads:
        label = assessment.plan.indicators[spread.indicator].label.say(lang)
        year = say("head.years", lang, years=str(spread.period))
        yield f"- **{escaped(label)}** ({escaped(year)}): {escaped(spread_text(spread, assessment.plan, lang))}"


def _findings(found: Sequence[Finding], lang: Lang) -> Iterator[str]:
    listed, more = folded(found)
    for finding in listed:
        place = escaped(place_text(finding, UNICODE, lang))
        said = escaped(message(finding.code, finding.params, lang))
        advice = escaped(hint(finding.code, finding.params, lang))
        where = f"{place} " if place else ""
        yield f"- {where}**{finding.code}** {CODES[finding.code].name}: {said} → {advice}"
    for code, count in more.items():
        yield f"- {escaped(say('finding.more', lang, count=count, code=code, name=CODES[code].name))}"
