"""The first pages of the monitoring report: the cover, and the summary on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from plancheck import __version__
from plancheck.model import Verdict
from plancheck.reports.monitoring.matter import Matter, in_short
from plancheck.reports.monitoring.pen import Pen
from plancheck.reports.summary import found, not_checked, verdict_counts

_WORST = 3


def write_cover(pen: Pen, matter: Matter) -> None:
    """Write the cover; what neither plan nor run can know is left to be filled in by hand."""
    assessment, lang = matter.assessment, matter.lang
    pen.centred(assessment.plan.title.say(lang), 20, space=150, heavy=True)
    years = "—".join(map(str, dict.fromkeys((*assessment.periods[:1], *assessment.periods[-1:]))))
    pen.centred(matter.say("docx.of_years", years=years), 26, space=18, heavy=True)
    pen.centred("", 14, space=60)
    least = assessment.least_shown
    pen.form(
        (
            (matter.say("docx.number"), ""),
            (matter.say("docx.plan_number"), assessment.plan.document),
            (matter.say("docx.years"), years),
            (matter.say("docx.as_of"), assessment.as_of),
            (matter.say("docx.readers"), matter.say("docx.public", least=least) if least else ""),
            (matter.say("docx.edition"), ""),
            (matter.say("docx.author"), ""),
        )
    )
    pen.centred(matter.say("docx.made_by", version=__version__), 10.5, space=60)
    pen.new_page()


def write_summary(pen: Pen, matter: Matter) -> None:
    """Write the page that is read when nothing else is: how many of each, the worst gaps, what changed."""
    lang = matter.lang
    pen.chapter(matter.say("docx.summary"))
    pen.items((*_counts(matter), *found(matter.assessment, lang)))
    missed = [each for each in matter.latest if each.status in ("not_met", "behind") and not each.marks]
    worst = sorted(missed, key=lambda each: (each.status != "not_met", -each.lack))
    pen.heading(matter.say("docx.worst", count=_WORST), 2)
    _listed(pen, matter, [in_short(each, matter) for each in worst[:_WORST]])
    pen.heading(matter.say("docx.changed"), 2)
    if len(matter.assessment.periods) > 1:
        _listed(pen, matter, [text for each in matter.headline() if (text := _change(each, matter))])
        others = sum(bool(_change(each, matter)) for each in (*matter.others(), *matter.milestones()))
        if others:  # the summary is one page; they stand in the tables of chapters five to seven
            pen.say(matter.say("docx.others_changed", count=others))
    else:
        pen.say(matter.say("docx.one_year"))
    pen.new_page()


def _counts(matter: Matter) -> Iterator[str]:
    """Yield how many verdicts of the last year have which status: of the plan's numbered table, and of all."""
    for key, verdicts in (("docx.of_table", matter.headline()), ("docx.of_all", matter.latest)):
        if verdicts:
            of_year = replace(matter.assessment, verdicts=verdicts, periods=matter.assessment.periods[-1:])
            counted = verdict_counts(of_year, matter.lang)
            yield matter.say(key, counts=next(counted))
    if matter.assessment.not_covered:
        yield matter.say("docx.not_covered", count=len(matter.assessment.not_covered))
    if matter.assessment.not_checkable:
        yield not_checked(matter.assessment, matter.lang, why=True)


def _listed(pen: Pen, matter: Matter, texts: list[str]) -> None:
    if texts:
        pen.items(texts)
    else:
        pen.say(matter.say("docx.none"))


def _change(verdict: Verdict, matter: Matter) -> str:
    """Return how a verdict differs from that of the year before, empty where it does not."""
    before = matter.years[verdict.indicator].get(verdict.period - 1)
    if before is None or before.status == verdict.status:
        return ""
    words = [matter.say(f"status.{each.status}") for each in (before, verdict)]
    return matter.say("docx.from_to", label=matter.label(verdict), before=words[0], now=words[1])
