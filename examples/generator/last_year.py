"""What the forms of a year state of the year before: the rates that that year's own forms give."""

from __future__ import annotations

from generator.nouns import District, GradeGroup, Health


def with_last_year(district: District, before: District) -> District:
    """State last year's rates of 表3 and 表4 as last year's forms stated them, section by section."""
    earlier = {(school.code, part.stage): part for school in before.schools for part in school.sections}
    for school in district.schools:
        for part in school.sections:
            last = earlier[school.code, part.stage]
            if part.health is not None and last.health is not None:
                part.health.last_myopic, part.health.last_obese = rates_of(last.health)
            groups = {group.name: group for group in last.groups}
            for group in part.groups:
                group.last_rate = pass_rate(groups[group.name])
    return district


def rates_of(found: Health) -> tuple[float, float]:
    """Return the shares short-sighted and obese, with one decimal of a percent, as clerks type them."""
    return round(found.myopic / found.seen, 3), round(found.obese / found.examined, 3)


def pass_rate(group: GradeGroup) -> float:
    """Return the share that passed, with one decimal of a percent."""
    return round((group.excellent + group.good + group.passed) / group.tested, 3)
