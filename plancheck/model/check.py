"""What a plan asks of returns besides its targets: checks, what they come to, and how schools explain what they find."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from plancheck.expression import Node
from plancheck.language import Text
from plancheck.model.place import Mark

OWN_SHEET: Final = "plancheck/"
"""How the first cell of each sheet begins that plancheck puts into a marked copy."""
EXPLANATIONS_SHEET: Final = f"{OWN_SHEET}explanations/1"
MARKS_SHEET: Final = f"{OWN_SHEET}marks/1"
"""The sheet that remembers, for each cell marked, its sheet, its name, its fill and its comment as they were."""
EXPLANATION_KEYS: Final = ("check", "unit", "period", "value", "explanation")
"""What stands in the second row of such a sheet over the columns by which explanations are read back."""

Grade = Literal["must", "explain"]
"""逻辑校验: to be corrected. 经验校验: to be corrected or explained."""

Pattern = Literal[
    "totals", "year_before", "stages", "other_stages", "code_class", "copied", "unchanged", "empty", "all_full"
]
"""What no formula over one unit can say: 合计 rows, 上年 columns, stages and codes of a school type, copied blocks, last
year's return handed in again, empty blocks, 100 % everywhere."""

Missing = Literal["skip", "skip_all", "zero", "fail"]
"""What an absent input means: the check is skipped and counted; it counts as 0, unless a side of the comparison has none
that is not absent; it counts as 0 always; or the check fails. What is not known or cannot be read is never 0."""


class Check(Struct, frozen=True):
    """An edit (校验): a condition every unit must hold or explain, or one of the patterns.

    `stages` and `where` bound the units it concerns; `others` are the elements a pattern leaves aside. `formula` is
    the condition as written, `cure` what to do about a fault where that is not plain.
    """

    id: str
    label: Text
    grade: Grade
    condition: Node | None = None
    formula: str = ""
    pattern: Pattern | None = None
    stages: tuple[str, ...] = ()
    where: Node | None = None
    missing: Missing = "skip"
    others: tuple[str, ...] = ()
    cure: Text | None = None
    mark: Mark | None = None


class CheckCount(Struct, frozen=True):
    """How often a check held, failed, and was skipped for want of an input, in one period."""

    check: str
    period: int
    held: int
    failed: int
    skipped: int


ExplanationState = Literal["given", "stale", "idle", "misplaced", "foreign"]
"""An explanation of what was found; of a value that has changed since; of something that is not found any more; one that
does not stand in the cell for it; one of a unit that the file does not report on."""


class Explanation(Struct, frozen=True):
    """What a school wrote (情况说明) on one finding to be explained, and where it wrote it.

    `check` is the check's id, or the code of a finding that is no check's; `value` are the inputs explained.
    """

    check: str
    unit: str
    period: int | None
    value: str
    text: str
    file: str
    sheet: str
    cell: str
    state: ExplanationState = "given"


class Readiness(Struct, frozen=True):
    """Whether one school's returns can be handed in: how much is to be corrected, to be explained, and was explained.

    `empty`: no figures were read in them at all.
    """

    correct: int
    explain: int
    explained: int = 0
    empty: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.correct and not self.explain and not self.empty
