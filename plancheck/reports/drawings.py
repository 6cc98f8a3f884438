"""What is drawn of an assessment: the way of an indicator, its units against the limit, returns received, seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from plancheck.language import Lang
from plancheck.model import Assessment, Indicator, Milestone, Verdict
from plancheck.reports.charts import Bar, Point, Trend, bars, dots, trend
from plancheck.reports.figures import target_text, value_text
from plancheck.wording import say


def trend_of(by_year: Mapping[int, Verdict], indicator: Indicator, assessment: Assessment, lang: Lang) -> str:
    """Draw an indicator by year, from the baseline on the way to its target; empty where no year has a value."""
    plan = assessment.plan
    points = tuple(
        Point(year, each.value, f"{year}  {value_text(each, indicator, lang)}", each.status)
        for year, each in sorted(by_year.items())
        if each.value is not None
    )
    if not points:
        return ""
    target = by_year[max(by_year)].target
    end = indicator.due if isinstance(indicator.due, int) else plan.target_year
    drawn = Trend(
        min(plan.baseline_year, points[0].at),
        max(end, points[-1].at),
        points,
        indicator.baseline if _climbs(by_year) else None,
        target.bound,
        target_text(target, lang),
    )
    return trend(drawn, f"{indicator.label.say(lang)} {points[0].at}—{points[-1].at}")


def _climbs(by_year: Mapping[int, Verdict]) -> bool:
    """Return whether there is a path to climb: some year asks for less than the target itself."""
    return any(each.required is not None and each.required != each.target.bound for each in by_year.values())


def dots_of(units: Sequence[Verdict], verdict: Verdict, indicator: Indicator, lang: Lang) -> str:
    """Draw the units of an indicator from the lowest value to the highest; empty for fewer than two."""
    if len(units) < 2:
        return ""
    held = sorted(units, key=lambda each: (each.value, each.unit))
    points = [
        Point(at, each.value, f"{each.name.say(lang)}  {value_text(each, indicator, lang)}", each.status)
        for at, each in enumerate(held)
        if each.value is not None
    ]
    title = say("page.dots_of", lang, label=indicator.label, count=len(points))
    return dots(points, verdict.target.bound, target_text(verdict.target, lang), title)


def received_of(assessment: Assessment, period: int, lang: Lang) -> str:
    """Draw how many of the expected units of each stage have reported."""
    if assessment.roster is None:
        return ""
    missing = {finding.unit for finding in assessment.findings if finding.code == "PC220"}
    stages = assessment.plan.units.stages
    expected = Counter(unit.stage for unit in assessment.roster.expected(period))
    absent = Counter(unit.stage for unit in assessment.roster.expected(period) if unit.id in missing)
    rows = [
        Bar(stages[stage].label.say(lang), count, count - absent[stage], f"{count - absent[stage]}/{count}")
        for stage, count in expected.items()
        if stage in stages
    ]
    return bars(rows, say("page.received", lang)) if rows else ""


def seats_of(assessment: Assessment, latest: Sequence[Verdict], lang: Lang) -> str:
    """Draw the seats planned and delivered by the year in which they are due."""
    planned: Counter[str] = Counter()
    delivered: dict[str, float] = {}
    for verdict in latest:
        indicator = assessment.plan.indicators[verdict.indicator]
        if not isinstance(indicator.measure, Milestone) or indicator.measure.planned is None:
            continue
        year = str(indicator.due) if isinstance(indicator.due, int) else say("page.no_date", lang)
        planned[year] += indicator.measure.planned
        delivered[year] = delivered.get(year, 0) + float(verdict.numerator or 0)
    rows = [
        Bar(year, planned[year], int(delivered[year]), f"{int(delivered[year])}/{planned[year]}")
        for year in sorted(planned)
    ]
    return bars(rows, say("page.seats", lang)) if rows else ""
