"""The plan file: found, loaded into a `Plan`, checked."""

from plancheck.plan.faults import PlanUnusable
from plancheck.plan.find import Found, find
from plancheck.plan.lint import lint
from plancheck.plan.load import load
from plancheck.plan.manifest import read_manifest
from plancheck.plan.schema import schema_text
from plancheck.plan.waivers import read_waivers

__all__ = ["Found", "PlanUnusable", "find", "lint", "load", "read_manifest", "read_waivers", "schema_text"]
