"""The sheets of the results workbook about verdicts: summary, district, groups, the matrix of schools, the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plancheck.language import Lang, joined
from plancheck.model import Assessment, Indicator, Plan, Unit, Verdict
from plancheck.quantity import UNITS
from plancheck.reports.figures import (
    amount_missing,
    baseline_text,
    due_text,
    exact_value,
    exactly,
    formula_text,
    gap_text,
    in_words,
    number_text,
    numbered,
    shown,
    status_text,
    target_text,
    value_number,
    with_unit,
)
from plancheck.reports.other_readings import other_readings
from plancheck.reports.remarks import bounds_text, remark_text, said_again
from plancheck.reports.sheets import Cell, Column, Sheet, texts
from plancheck.reports.summary import conclusions, sources, title, verdict_counts
from plancheck.reports.symbols import STYLES, UNICODE
from plancheck.wording import say


def summary_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return what the run comes to, on one page, and what the signs mean."""
    rows: list[Sequence[Cell]] = [[Cell(title(assessment, lang), "title")], [Cell("")]]
    rows += [[Cell(text)] for text in sources(assessment, lang)]
    rows += [[Cell("")], *([Cell(text, "strong")] for text in verdict_counts(assessment, lang))]
    rows += [*([Cell(text)] for text in conclusions(assessment, lang)), [Cell("")]]
    rows += [[Cell(say("book.signs", lang), "strong")]]
    rows += [[Cell(f"{UNICODE.status[each]} {say(f'status.{each}', lang)}", each)] for each in STYLES]
    return Sheet(say("book.summary", lang), (Column("", 90),), rows, head=False, wide=False)


def district_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return the district's indicators in the plan's order, one row a year."""
    found = [each for each in assessment.verdicts if each.level == "district"]
    return Sheet(
        say("book.district", lang), _columns(assessment.plan, lang), _rows(found, assessment, lang), held=3, unprinted=1
    )


def group_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return the verdicts on groups."""
    found = [each for each in assessment.verdicts if each.level == "group"]
    columns = (Column(say("column.group", lang), 16), *_columns(assessment.plan, lang))
    rows = [
        [Cell(verdict.name.say(lang)), *row] for verdict, row in zip(found, _rows(found, assessment, lang), strict=True)
    ]
    return Sheet(say("head.groups", lang), columns, rows, held=4, unprinted=1)


def _columns(plan: Plan, lang: Lang) -> tuple[Column, ...]:
    widths = {
        "period": 7, "no": 6, "indicator": 26, "unit": 9, "baseline": 9, "value": 10, "target": 11, "when": 10,
        "required": 9, "gap": 12, "numerator": 10, "denominator": 10, "reported": 7, "expected": 7, "verdict": 18,
        "remark": 34, "exact": 22,
    }  # fmt: skip
    headings = {key: say(f"column.{key}", lang) for key in widths}
    headings["baseline"] = f"{plan.baseline_year} {headings['baseline']}"
    return tuple(Column(headings[key], width) for key, width in widths.items())


def _rows(verdicts: Sequence[Verdict], assessment: Assessment, lang: Lang) -> list[list[Cell]]:
    return [_row(verdict, assessment, lang) for verdict in verdicts]


def _row(verdict: Verdict, assessment: Assessment, lang: Lang) -> list[Cell]:
    plan = assessment.plan
    indicator = plan.indicators[verdict.indicator]
    return [
        Cell(str(verdict.period), "centre"),
        Cell(number_text(indicator), "centre"),
        Cell(indicator.label.say(lang)),
        Cell(UNITS[indicator.unit].label.say(lang), "middle"),
        Cell("" if indicator.baseline is None else exactly(indicator.baseline), "number"),
        Cell(value_number(verdict), "number"),
        Cell(target_text(verdict.target, lang), "middle"),
        Cell(due_text(indicator, plan, lang), "middle"),
        Cell("" if verdict.required is None else shown(verdict.required, (verdict.value,)), "number"),
        Cell(gap_text(verdict, indicator, plan, lang)),
        Cell("" if verdict.numerator is None else exactly(verdict.numerator), "number"),
        Cell("" if verdict.denominator is None else exactly(verdict.denominator), "number"),
        Cell(str(verdict.coverage.reported), "centre"),
        Cell(str(verdict.coverage.expected), "centre"),
        Cell(f"{UNICODE.status[verdict.status]} {status_text(verdict, lang)}", verdict.status),
        Cell(joined(_remarks(verdict, plan, lang), lang)),
        Cell("" if verdict.value is None else exact_value(verdict, indicator)),
    ]


def _remarks(verdict: Verdict, plan: Plan, lang: Lang) -> Iterator[str]:
    if said := remark_text(verdict, plan, lang):
        yield said
    indicator = plan.indicators[verdict.indicator]
    if not verdict.provisional and (said := bounds_text(verdict, indicator, lang)):
        yield said
    yield from said_again(indicator, lang, verdict.otherwise)
    yield from other_readings(verdict, indicator, lang)


def units_of(assessment: Assessment) -> Mapping[tuple[int, str], dict[str, Verdict]]:
    """Return the verdicts on units by year and unit, then by indicator, whether they were asked for or only needed."""
    matrix: dict[tuple[int, str], dict[str, Verdict]] = {}
    for verdict in (*assessment.verdicts, *assessment.matrix):
        if verdict.level == "unit":
            matrix.setdefault((verdict.period, verdict.unit or ""), {})[verdict.indicator] = verdict
    return dict(sorted(matrix.items(), key=lambda item: item[0][0]))


def matrix_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return schools down and indicators across: sign and value in each cell, the colour of the status."""
    plan, matrix = assessment.plan, units_of(assessment)
    judged = {name for verdicts in matrix.values() for name in verdicts}
    indicators = [each for each in plan.indicators.values() if each.id in judged]
    # behind the indicators, to filter by: on paper they would make the rest small
    attributes = [each for each in plan.units.attributes if each in plan.elements and assessment.roster is not None]
    columns = (
        Column(say("column.period", lang), 7),
        Column(say("column.unit_id", lang), 25),
        Column(say("column.name", lang), 32),
        *(Column(_heading(each, lang), 10) for each in indicators),
        *(Column(plan.elements[each].label.say(lang), 12) for each in attributes),
    )
    rows = []
    for (period, unit), verdicts in matrix.items():
        known = None if assessment.roster is None else assessment.roster.units.get(unit)
        row = [Cell(str(period), "centre"), *texts(unit, next(iter(verdicts.values())).name.say(lang))]
        row += [_judged(verdicts.get(each.id)) for each in indicators]
        rows.append([*row, *(Cell(_attribute(known, each)) for each in attributes)])
    return Sheet(say("book.matrix", lang), columns, rows, held=3, unprinted=len(attributes))


def _heading(indicator: Indicator, lang: Lang) -> str:
    return f"{numbered(indicator, lang)}\n{target_text(indicator.target, lang)}"


def _attribute(unit: Unit | None, attribute: str) -> str:
    return "" if unit is None else unit.attributes.get(attribute, "")


def _judged(verdict: Verdict | None) -> Cell:
    if verdict is None:
        return Cell("")
    return Cell(f"{UNICODE.status[verdict.status]} {value_number(verdict)}".rstrip(), verdict.status)


def gap_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return which units hold the gap of each missed target, the greatest first."""
    plan = assessment.plan
    columns = tuple(
        Column(say(f"column.{key}", lang), width)
        for key, width in {
            "period": 7,
            "no": 6,
            "indicator": 40,
            "unit_id": 25,
            "name": 32,
            "gap": 14,
            "value": 11,
        }.items()
    )
    rows = [
        [
            Cell(str(verdict.period), "centre"),
            Cell(number_text(indicator), "centre"),
            *texts(indicator.label.say(lang), lack.unit, lack.name.say(lang)),
            Cell(amount_missing(lack.people, verdict, indicator, plan, lang)),
            Cell(shown(lack.value, (verdict.target.bound,)), "number"),
        ]
        for verdict in assessment.verdicts
        for indicator in (plan.indicators[verdict.indicator],)
        for lack in (verdict.shortfalls if verdict.level == "district" else ())
    ]
    return Sheet(say("book.gaps", lang), columns, rows, held=3)


def spread_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return how far groups lie apart."""
    plan = assessment.plan
    keys = {"period": 7, "indicator": 34, "by": 12, "lowest": 26, "highest": 26, "variation": 12}
    columns = tuple(Column(say(f"column.{key}", lang), width) for key, width in keys.items())
    rows = []
    for spread in assessment.spreads:
        unit = "percent" if spread.tally else plan.indicators[spread.indicator].unit
        ends = [
            f"{name.say(lang)} {with_unit(shown(value), unit, lang)}" for name, value in (spread.lowest, spread.highest)
        ]
        by = plan.elements[spread.by].label.say(lang) if spread.by in plan.elements else spread.by
        label = plan.indicators[spread.indicator].label.say(lang)
        varies = "" if spread.variation is None else exactly(spread.variation)
        rows.append([Cell(str(spread.period), "centre"), *texts(label, by, *ends), Cell(varies, "number")])
    return Sheet(say("book.spreads", lang), columns, rows)


def definition_sheet(assessment: Assessment, lang: Lang) -> Sheet:
    """Return how each indicator is judged: target, time, formula, clause, the words of the plan, rulings."""
    plan = assessment.plan
    keys = {
        "no": 6, "id": 26, "indicator": 34, "target": 12, "baseline": 9, "when": 12, "formula": 40, "in_words": 50,
        "clause": 14, "quote": 44, "ruling": 44, "note": 40,
    }  # fmt: skip
    rows = [
        [
            Cell(number_text(each), "centre"),
            *texts(
                each.id,
                each.label.say(lang),
                target_text(each.target, lang),
                baseline_text(each, lang),
                due_text(each, plan, lang),
                formula_text(each),
                in_words(formula_text(each), plan, lang),
                each.source.clause,
                each.source.quote,
                "\n".join(ruling.reading.say(lang) for ruling in plan.rulings_on(each.id)),
                "" if each.note is None else each.note.say(lang),
            ),
        ]
        for each in plan.indicators.values()
    ]
    columns = tuple(Column(say(f"column.{key}", lang), width) for key, width in keys.items())
    return Sheet(say("book.definitions", lang), columns, rows, held=3)
