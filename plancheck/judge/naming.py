"""What those whom judging speaks of are called."""

from __future__ import annotations

from typing import Final

from plancheck.language import Text
from plancheck.model import Plan, Unit

DISTRICT: Final = Text("全区", "District")
"""The district, at the head of a row."""
THE_DISTRICT: Final = Text("全区", "the district")
"""The district, within a sentence."""


def unit_name(unit: Unit, plan: Plan) -> Text:
    """Return how a unit is called: the school with its stage in brackets, a thing on a list by its own name."""
    stage = plan.units.stages.get(unit.stage)
    if stage is None:
        return Text(unit.name, unit.name) if unit.id else THE_DISTRICT
    return Text(f"{unit.name}（{stage.label.zh}）", f"{unit.name} ({stage.label.en})")
