"""The plan file: found, and named with all of its faults where it cannot be used.

What makes a `Plan` of it (`load`), and whatever else can be done with it, is imported from its own module: a run whose
plan is kept from the one before needs none of it.
"""

from plancheck.plan.faults import PlanUnusable
from plancheck.plan.find import Found, find

__all__ = ["Found", "PlanUnusable", "find"]
