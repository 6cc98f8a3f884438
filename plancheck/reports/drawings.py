"""What is drawn of an assessment: the way of an indicator, its units against the limit, returns received, seats.

Data only; `charts` draws them for a page, `pictures` for a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from plancheck.language import Lang
from plancheck.model import Assessment, Indicator, Milestone, Status, Verdict
from plancheck.quantity import Number
from plancheck.reports.figures import baseline_text, target_text, value_text, with_unit
from plancheck.wording import say


class Point(Struct, frozen=True):
    """A value in a year, or of a school, as it is drawn and as it is said."""

    at: int
    value: Number
    said: str
    status: Status


class Trend(Struct, frozen=True):
    """What a trend shows: the years from first to last, the path from baseline to target, and the values found."""

    title: str
    first: int
    last: int
    points: tuple[Point, ...]
    baseline: Number | None = None
    bound: Number | None = None
    bound_said: str = ""


class Dots(Struct, frozen=True):
    """The units of an indicator from the lowest value to the highest, and the limit."""

    title: str
    points: tuple[Point, ...]
    bound: Number | None
    bound_said: str


class Bar(Struct, frozen=True):
    """What was planned and what was delivered up to a year, as drawn and as said."""

    name: str
    whole: Number
    part: Number
    said: str


def trend_of(by_year: Mapping[int, Verdict], indicator: Indicator, assessment: Assessment, lang: Lang) -> Trend | None:
    """Return an indicator by year, from the baseline on the way to its target; None where no year has a value.

    Nor is there a line through values that are of different parts in different years.
    """
    plan = assessment.plan
    points = tuple(
        Point(year, each.value, f"{year}  {value_text(each, indicator, lang)}", each.status)
        for year, each in sorted(by_year.items())
        if each.value is not None
    )
    if not points or len({each.of_part for each in by_year.values() if each.value is not None}) > 1:
        return None
    baseline, start = indicator.baseline, plan.baseline_year
    if baseline is not None and start < points[0].at:  # of a year that is judged the value itself is drawn
        words = f"{start}  {say('column.baseline', lang)} {baseline_text(indicator, lang)}"
        points = (Point(start, baseline, words, "not_due"), *points)
    target = by_year[max(by_year)].target
    tally = any(each.tally for each in by_year.values())  # shares of units, all of which must meet the target
    end = indicator.due if isinstance(indicator.due, int) else plan.target_year
    return Trend(
        f"{indicator.label.say(lang)} {'—'.join(map(str, dict.fromkeys((points[0].at, points[-1].at))))}",
        min(plan.baseline_year, points[0].at),
        max(end, points[-1].at),
        points,
        indicator.baseline if _climbs(by_year) else None,
        100 if tally else target.bound,
        with_unit("100", "percent", lang) if tally else target_text(target, lang),
    )


def _climbs(by_year: Mapping[int, Verdict]) -> bool:
    """Return whether there is a path to climb: some year asks for less than the target itself."""
    return any(each.required is not None and each.required != each.target.bound for each in by_year.values())


def dots_of(units: Sequence[Verdict], verdict: Verdict, indicator: Indicator, lang: Lang) -> Dots | None:
    """Return the units of an indicator from the lowest value to the highest; None for fewer than two."""
    if len(units) < 2:
        return None
    held = sorted(units, key=lambda each: (each.value, each.unit))
    points = tuple(
        Point(at, each.value, f"{each.name.say(lang)}  {value_text(each, indicator, lang)}", each.status)
        for at, each in enumerate(held)
        if each.value is not None
    )
    title = say("page.dots_of", lang, label=indicator.label, count=len(points))
    return Dots(title, points, verdict.target.bound, target_text(verdict.target, lang))


def received_of(assessment: Assessment, period: int, lang: Lang) -> tuple[tuple[Bar, ...], tuple[Bar, ...]]:
    """Return how many of the expected units have reported, by stage and by type of school; nothing without a roster."""
    if assessment.roster is None:
        return (), ()
    missing = {
        finding.unit for finding in assessment.findings if finding.code == "PC220" and finding.period in (None, period)
    }
    units = assessment.plan.units
    stages = {name: stage.label.say(lang) for name, stage in units.stages.items()}
    expected = [(unit, unit.id not in missing) for unit in assessment.roster.expected(period)]
    by_stage = ((stages.get(unit.stage, ""), there) for unit, there in expected)
    by_type = ((unit.attributes.get(units.type, ""), there) for unit, there in expected)
    return _bars(by_stage), _bars(by_type)


def _bars(expected: Iterable[tuple[str, bool]]) -> tuple[Bar, ...]:
    """Return a bar for each word in the order of their appearance: how many there are, and how many of them are there."""
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for word, there in expected:
        whole[word] += 1
        part[word] += there
    return tuple(Bar(word, whole[word], part[word], f"{part[word]}/{whole[word]}") for word in whole if word)


def span_of(values: Iterable[Number], *others: Number | None) -> tuple[float, float]:
    """Return the ends of a scale that holds every amount with some air; never of no height, nor below 0 for nothing."""
    held = [float(value) for value in (*values, *others) if value is not None]
    low, high = min(held, default=0.0), max(held, default=1.0)
    air = (high - low) * 0.12 or abs(high) * 0.05 or 1.0
    return (low - air if low < 0 else max(low - air, 0.0)), high + air


def tick(value: float) -> str:
    """Return what stands beside a scale: four digits, of great amounts all before the point."""
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"


def seats_of(assessment: Assessment, latest: Sequence[Verdict], lang: Lang) -> tuple[Bar, ...]:
    """Return the seats planned and delivered by the year in which they are due."""
    planned: Counter[str] = Counter()
    delivered: dict[str, float] = {}
    for verdict in latest:
        indicator = assessment.plan.indicators[verdict.indicator]
        if not isinstance(indicator.measure, Milestone) or indicator.measure.planned is None:
            continue
        year = str(indicator.due) if isinstance(indicator.due, int) else say("page.no_date", lang)
        planned[year] += indicator.measure.planned
        delivered[year] = delivered.get(year, 0) + float(verdict.numerator or 0)
    return tuple(
        Bar(year, planned[year], int(delivered[year]), f"{int(delivered[year])}/{planned[year]}")
        for year in sorted(planned)
    )
