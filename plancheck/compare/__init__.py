"""Results of earlier runs read back, and compared; nothing is judged here and nothing formatted."""

from __future__ import annotations

from plancheck.compare.results import NotAResult, known_faults, result_of

__all__ = ["NotAResult", "known_faults", "result_of"]
