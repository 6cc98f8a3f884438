"""The first pages of the monitoring report: the cover, the summary, the sources and how good they are."""

from __future__ import annotations

from plancheck import __version__
from plancheck.model import Verdict
from plancheck.reports.drawings import received_of
from plancheck.reports.findings import by_grade
from plancheck.reports.monitoring.matter import Matter, finding_text, in_short
from plancheck.reports.monitoring.pen import Col, Pen
from plancheck.reports.summary import conclusions, sources, verdict_counts

_MOST_FINDINGS = 200
_WORST = 3


def write_cover(pen: Pen, matter: Matter) -> None:
    """Write the cover."""
    assessment = matter.assessment
    pen.centred(assessment.plan.title.say(matter.lang), 20, space=150, heavy=True)
    years = "—".join(map(str, dict.fromkeys((*assessment.periods[:1], *assessment.periods[-1:]))))
    pen.centred(matter.say("docx.of_years", years=years), 26, space=18, heavy=True)
    pen.centred(assessment.plan.document, 14, space=60)
    if assessment.as_of:
        pen.centred(matter.say("head.as_of", date=assessment.as_of), 14, space=6)
    pen.centred(matter.say("docx.made_by", version=__version__), 10.5, space=120)
    pen.new_page()


def write_summary(pen: Pen, matter: Matter) -> None:
    """Write the page that is read when nothing else is: how many of each, the worst gaps, what changed."""
    pen.chapter(matter.say("docx.summary"))
    pen.items((*verdict_counts(matter.assessment, matter.lang), *conclusions(matter.assessment, matter.lang)))
    worst = sorted(
        (each for each in matter.latest if each.status in ("not_met", "behind")),
        key=lambda each: each.status != "not_met",
    )
    pen.heading(matter.say("docx.worst"), 2)
    _listed(pen, matter, [in_short(each, matter) for each in worst[:_WORST]])
    if len(matter.assessment.periods) > 1:
        pen.heading(matter.say("docx.changed"), 2)
        _listed(pen, matter, [text for each in matter.headline() if (text := _change(each, matter))])
        others = sum(bool(_change(each, matter)) for each in (*matter.others(), *matter.milestones()))
        if others:  # the summary is one page; they stand in the tables of chapters five to seven
            pen.say(matter.say("docx.others_changed", count=others))


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


def write_sources(pen: Pen, matter: Matter) -> None:
    """Write what the report rests on: returns by stage, what was found in them, what is provisional."""
    assessment, lang = matter.assessment, matter.lang
    pen.chapter(matter.say("docx.sources"))
    pen.say("　".join(sources(assessment, lang)))
    received = received_of(assessment, max(assessment.periods, default=0), lang)
    if received:
        columns = [
            Col(matter.say("column.group"), 5),
            Col(matter.say("column.expected"), 3, right=True),
            Col(matter.say("column.reported"), 3, right=True),
        ]
        pen.table(columns, [(bar.name, str(bar.whole), str(bar.part)) for bar in received])
    for grade, found in by_grade(assessment.findings).items():
        if grade != "note":
            pen.heading(f"{matter.say(f'grade.{grade}')}　{len(found)}", 2)
            pen.items(finding_text(finding, lang) for finding in found[:_MOST_FINDINGS])
            if len(found) > _MOST_FINDINGS:
                pen.say(matter.say("docx.more_findings", count=len(found) - _MOST_FINDINGS), quiet=True)
    provisional = [matter.label(each) for each in matter.latest if each.provisional]
    if provisional:
        pen.heading(matter.say("docx.provisional"), 2)
        pen.items(provisional)
