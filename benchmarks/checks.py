"""The 16 headline checks as the alternatives make them: exact, on whole numbers, in plain Python.

They know beforehand where the figures stand (`layouts`) and look for no fault in them: in both they have less to do
than plancheck. The module imports next to nothing, so that it costs the alternatives nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

RATIOS = {
    1: (("幼儿园",), ("kg_children",), "pop_3_6", ">", 98),
    2: (("幼儿园",), ("kg_children",), "kg_children", ">", 90),
    3: (("小学", "初中"), ("entrants_nearby",), "entrants", ">=", 99),
    4: ((), ("disabled_enrolled",), "disabled_pop_6_15", ">=", 100),
    5: (("高中", "中职"), ("students",), "pop_15_17", ">=", 100),
    6: (("小学", "初中", "高中"), ("fit_excellent", "fit_good", "fit_pass"), "fit_tested", ">=", 98),
    8: (("幼儿园",), ("kg_teachers_college_plus",), "kg_teachers", ">=", 99),
    9: (("小学", "初中"), ("teachers_postgrad", "teachers_bachelor"), "teachers", ">", 97),
    10: (("高中",), ("teachers_postgrad",), "teachers", ">", 30),
    11: (("中职",), ("v_teachers_dual",), "v_teachers_specialty", ">=", 85),
    12: (("小学", "初中", "高中"), ("backbone_city", "backbone_district"), "teachers", ">=", 15),
    -12: (("幼儿园",), ("backbone_city", "backbone_district"), "kg_teachers", ">=", 15),
}
"""Number in the plan: stages, elements of the numerator (added), element of the denominator, sign, percentage.

Number 12 has a second part, as kindergartens count their teachers by another element.
"""

INCLUSIVE = 2
"""The ratio whose numerator counts only units that are 普惠 (kg_inclusive)."""

POPULATIONS = (1, 4, 5)
"""The ratios whose denominator is a figure of the district."""

SHARES = {15: ("smart_campus", ">", 85), 16: ("green_school", ">", 70), 17: ("safe_campus", ">=", 100)}
"""Number in the plan: the yes-or-no element that schools are counted by, sign, percentage."""

NUMBERS = (*range(1, 7), *range(8, 18))
STAGES = ("幼儿园", "小学", "初中", "高中", "中职", "特教")
MONEY_STAGES = ("kindergarten", "primary", "junior", "senior", "vocational")
BLANK = (None, "")


class Checks:
    """Sums gathered from returns, and the verdicts on them."""

    def __init__(self) -> None:
        self.above: dict[int, float] = dict.fromkeys(RATIOS, 0)
        self.below: dict[int, float] = dict.fromkeys(RATIOS, 0)
        self.said: dict[int, dict[str, bool]] = {no: {} for no in SHARES}
        self.money: Mapping[str, tuple[int, int]] = {}

    def add(self, rows: Iterable[Any], at: Mapping[str, Any], stage: str = "") -> None:
        """Add unit rows up. `at`: element -> place in a row; `stage` if the rows do not say theirs."""
        plan = {word: _ratios_of(word, at) for word in STAGES}
        shares = [(self.said[no], at[element]) for no, (element, _, _) in SHARES.items() if element in at]
        code_at, stage_at, inclusive_at = at["school_code"], at.get("stage"), at.get("kg_inclusive")
        above, below = self.above, self.below
        for row in rows:
            code = row[code_at]
            if code in BLANK:
                continue
            for no, parts, whole in plan[stage or row[stage_at]]:
                total = 0 if whole is None else row[whole]
                counts = [row[part] for part in parts]
                if total in BLANK or None in counts or "" in counts:
                    continue
                if no != INCLUSIVE or row[inclusive_at] == "是":
                    above[no] += sum(counts)
                below[no] += total
            for said, place in shares:
                if row[place] not in BLANK:
                    said[code] = row[place] == "是"

    def add_district(self, population: Mapping[str, int], money: Mapping[str, tuple[int, int]]) -> None:
        """Take in what the district reports itself: populations by element, amounts of last year and this year."""
        for no in POPULATIONS:
            self.below[no] = population[RATIOS[no][2]]
        self.above[4] = population["disabled_enrolled"]
        self.money = money

    def lines(self) -> list[str]:
        """Return a line for each check: its number, the exact fraction where there is one, the outcome."""
        return [f"{no} {self._judged(no)}" for no in NUMBERS]

    def _judged(self, no: int) -> str:
        if no in SHARES:
            _, sign, bound = SHARES[no]
            return _compared(sum(self.said[no].values()), len(self.said[no]), sign, bound)
        if no in RATIOS:
            above, below = (self.above[no] + self.above.get(-no, 0), self.below[no] + self.below.get(-no, 0))
            return _compared(above, below, *RATIOS[no][3:])
        if not self.money:
            return "unknown"
        before, now = self.money["gen_public_budget_edu"]
        if no == 13:
            return f"{now}/{before} {_kept([(before, now)])}"
        return f"- {_kept([self._spent(each) for each in MONEY_STAGES])}"

    def _spent(self, stage: str) -> tuple[int, int]:
        """Return last year's and this year's spending per pupil, both times the pupils of both years."""
        (before, now), (pupils_before, pupils) = self.money[stage], self.money[f"{stage} pupils"]
        return before * pupils, now * pupils_before


def _ratios_of(stage: str, at: Mapping[str, Any]) -> list[tuple[int, list[Any], Any]]:
    """Return the ratios that a row of a stage adds to: number, places of the parts, place of the whole or None."""
    return [
        (no, [at[part] for part in parts], None if no in POPULATIONS else at[whole])
        for no, (stages, parts, whole, _, _) in RATIOS.items()
        if stage in stages and at.keys() >= {*parts, *(() if no in POPULATIONS else (whole,))}
    ]


def _compared(above: float, below: float, sign: str, bound: int) -> str:
    if not below:
        return "unknown"
    met = above * 100 > bound * below if sign == ">" else above * 100 >= bound * below
    return f"{above:.0f}/{below:.0f} {'met' if met else 'not met'}"


def _kept(pairs: Sequence[tuple[int, int]]) -> str:
    return "met" if all(now >= before for before, now in pairs) else "not met"
