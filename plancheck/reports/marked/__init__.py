"""A return marked up: a copy of the workbook with cells filled and commented, a list of findings, a sheet to explain."""

from plancheck.reports.marked.copy import marked
from plancheck.reports.marked.names import copy_names

__all__ = ["copy_names", "marked"]
