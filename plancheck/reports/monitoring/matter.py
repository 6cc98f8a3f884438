"""What the monitoring report is about, and the sentences that several of its parts say."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from plancheck.codes import CODES, hint, message
from plancheck.language import Lang, Said
from plancheck.model import Assessment, Finding, Indicator, Milestone, Verdict
from plancheck.reports.figures import gap_text, numbered, status_text, target_text, value_text
from plancheck.reports.findings import place_text
from plancheck.reports.symbols import UNICODE
from plancheck.wording import say


class Matter(Struct, frozen=True):
    """The district's verdicts of the last year, and each indicator's by year."""

    assessment: Assessment
    lang: Lang
    latest: tuple[Verdict, ...]
    years: Mapping[str, Mapping[int, Verdict]]

    def of(self, verdict: Verdict) -> Indicator:
        """Return the indicator of a verdict."""
        return self.assessment.plan.indicators[verdict.indicator]

    def label(self, verdict: Verdict) -> str:
        """Return what a verdict is about, with its number in the plan where it has one."""
        return numbered(self.of(verdict), self.lang)

    def say(self, key: str, **params: Said) -> str:
        """Return words in the report's language."""
        return say(key, self.lang, **params)

    def headline(self) -> tuple[Verdict, ...]:
        """Return the verdicts on the plan's numbered table."""
        return tuple(each for each in self.latest if self.of(each).no is not None)

    def milestones(self) -> tuple[Verdict, ...]:
        """Return the verdicts on projects and deliverables."""
        return tuple(each for each in self.latest if isinstance(self.of(each).measure, Milestone))

    def others(self) -> tuple[Verdict, ...]:
        """Return the verdicts on the text's other commitments."""
        taken = {each.indicator for each in (*self.headline(), *self.milestones())}
        return tuple(each for each in self.latest if each.indicator not in taken)


def matter_of(assessment: Assessment, lang: Lang) -> Matter:
    """Sort the district's verdicts."""
    last = assessment.last_period
    district = [verdict for verdict in assessment.verdicts if verdict.level == "district"]
    years: dict[str, dict[int, Verdict]] = {}
    for verdict in district:
        years.setdefault(verdict.indicator, {})[verdict.period] = verdict
    return Matter(assessment, lang, tuple(each for each in district if each.period == last), years)


def in_short(verdict: Verdict, matter: Matter) -> str:
    """Return a verdict in one sentence."""
    indicator, lang = matter.of(verdict), matter.lang
    gap = gap_text(verdict, indicator, matter.assessment.plan, lang)
    return matter.say(
        "docx.in_short_gap" if gap else "docx.in_short",
        label=matter.label(verdict),
        value=value_text(verdict, indicator, lang),
        target=target_text(verdict.target, lang),
        status=status_text(verdict, lang),
        gap=gap,
    )


def finding_text(finding: Finding, lang: Lang) -> str:
    """Return a finding in one paragraph: place, what was found, what to do."""
    place = place_text(finding, UNICODE, lang)
    said = f"{message(finding.code, finding.params, lang)} → {hint(finding.code, finding.params, lang)}"
    return f"{CODES[finding.code].id}  {f'{place}  ' if place else ''}{said}"
