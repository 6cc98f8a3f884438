"""The plan file: found and loaded into a `Plan`.

What else can be done with it is imported from its own module: a run needs none of it.
"""

from plancheck.plan.faults import PlanUnusable
from plancheck.plan.find import Found, find
from plancheck.plan.load import load

__all__ = ["Found", "PlanUnusable", "find", "load"]
