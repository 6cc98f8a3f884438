"""Workbooks read: preflight, doors, header paths, rows, values, identity. A broken file becomes a finding."""

from plancheck.returns.campuses import without_halves
from plancheck.returns.gathering import SUFFIXES, NothingToCheck, gather, roster_among
from plancheck.returns.history import read_history, taken_from_history, with_history
from plancheck.returns.identity import Identifier
from plancheck.returns.many import read_files
from plancheck.returns.original import Original, open_original
from plancheck.returns.preflight import Refused
from plancheck.returns.roster import RosterUnusable, read_roster
from plancheck.returns.standing import missing, standing
from plancheck.returns.superseding import without_superseded
from plancheck.returns.table import Context
from plancheck.returns.words import vocabulary

__all__ = [
    "SUFFIXES",
    "Context",
    "Identifier",
    "NothingToCheck",
    "Original",
    "Refused",
    "RosterUnusable",
    "gather",
    "missing",
    "open_original",
    "read_files",
    "read_history",
    "read_roster",
    "roster_among",
    "standing",
    "taken_from_history",
    "vocabulary",
    "with_history",
    "without_halves",
    "without_superseded",
]
