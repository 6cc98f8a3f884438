"""The annual monitoring report (年度监测报告) as a Word document, in the order its readers expect.

The plan itself asks for it (五: 实施年度监测，发布年度监测报告): a page of summary, sources and their quality, the main table,
the indicators one by one, the text's other commitments, projects, remarks, problems, annexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports.monitoring.analysis import problems, remarks, write_one_by_one
from plancheck.reports.monitoring.annexes import write_annexes
from plancheck.reports.monitoring.front import write_cover, write_summary
from plancheck.reports.monitoring.matter import matter_of
from plancheck.reports.monitoring.pen import Pen
from plancheck.reports.monitoring.sources import write_sources
from plancheck.reports.monitoring.tables import write_commitments, write_main_table, write_projects
from plancheck.wording import say

_CHAPTERS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "zh": tuple(f"{number}、" for number in "一二三四五六七八九"),
    "en": tuple(f"{number}  " for number in range(1, 10)),
}


def render(assessment: Assessment, lang: Lang) -> bytes:
    """Return the document."""
    matter = matter_of(assessment, lang)
    pen = Pen(f"{assessment.plan.title.say(lang)} {say('docx.title', lang)}", _CHAPTERS[lang])
    for write in (
        write_cover,
        write_summary,
        write_sources,
        write_main_table,
        write_one_by_one,
        write_commitments,
        write_projects,
        remarks,
        problems,
        write_annexes,
    ):
        write(pen, matter)
    return pen.packed()
