"""Workbooks read: preflight, doors, header paths, rows, values, identity. A broken file becomes a finding."""

from plancheck.returns.history import read_history, taken_from_history, with_history
from plancheck.returns.identity import Identifier
from plancheck.returns.many import read_files
from plancheck.returns.original import Original, open_original
from plancheck.returns.period import year_folder
from plancheck.returns.preflight import Refused
from plancheck.returns.roster import FILE_NAMES, RosterUnusable, read_roster
from plancheck.returns.standing import missing, standing
from plancheck.returns.superseding import without_superseded
from plancheck.returns.table import Context
from plancheck.returns.words import vocabulary

__all__ = [
    "FILE_NAMES",
    "Context",
    "Identifier",
    "Original",
    "Refused",
    "RosterUnusable",
    "missing",
    "open_original",
    "read_files",
    "read_history",
    "read_roster",
    "standing",
    "taken_from_history",
    "vocabulary",
    "with_history",
    "without_superseded",
    "year_folder",
]
