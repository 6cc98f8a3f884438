"""A result in JSON, as `run --format json` writes it, read back as far as results are compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from plancheck.model import ASSESSMENT_SCHEMA, finding_keys, verdict_key
from plancheck.model.comparison import Held, Judged, Result, Seen


class NotAResult(Exception):
    """A file is no result of a run."""


def result_of(text: bytes | str, name: str) -> Result:
    """Return what a document in JSON holds. Raises NotAResult."""
    try:
        document = json.loads(text)
        if document["schema"] != ASSESSMENT_SCHEMA:
            raise NotAResult(name)
        return _result(document, name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAResult(name) from None


def known_faults(result: Result) -> frozenset[str]:
    """Return the keys of the faults that a run may have and be no worse than `result`.

    A target that was missed when it was due may be missed on the way to it as well.
    """
    weaker = (key.removesuffix("not_met") + "behind" for key in result.faults if key.endswith("|not_met"))
    return frozenset((*result.faults, *weaker))


def _result(document: Mapping[str, Any], name: str) -> Result:
    verdicts = {(each["indicator"], each["unit"] or "", each["period"]): _judged(each) for each in document["verdicts"]}
    readings = [each for verdict in document["verdicts"] for each in verdict["readings"]]
    values = {(each["element"], each["unit"], each["period"]): Held(each["value"], _place(each)) for each in readings}
    findings = document["findings"]
    return Result(
        name,
        document["plan"]["id"],
        document["plan"]["sha256"],
        verdicts,
        dict((*_missed(document["verdicts"]), *_found(findings))),
        values,
        frozenset(unit for _, unit, _ in values if unit),
        frozenset(_place(each) for each in findings if each["kind"] != "note" and each["cell"]),
    )


def _judged(verdict: Mapping[str, Any]) -> Judged:
    target = verdict["target"]
    return Judged(
        verdict["indicator"],
        f"{verdict['no'] or ''} {verdict['label']}".strip(),
        verdict["unit"] or "",
        verdict["name"],
        verdict["period"],
        verdict["status"],
        "" if verdict["value"] is None else verdict["value"]["display"],
        f"{target['text']} {target['operator']} {target['bound']} | {verdict['formula']}",
    )


def _missed(verdicts: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Seen]]:
    for each in verdicts:
        kind = "not_met" if each["failing"] else "" if each["marks"] else each["status"]
        if kind in ("not_met", "behind", "unknown"):
            judged = _judged(each)
            key = verdict_key(each["indicator"], each["unit"], each["period"], kind)
            yield key, Seen(kind, "", judged.unit, f"{judged.label}：{judged.name}")


def _found(findings: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Seen]]:
    listed = list(findings)
    keys = finding_keys((each["code"], each["file"], each["sheet"], each["cell"], each["unit"]) for each in listed)
    for key, each in zip(keys, listed, strict=True):
        if each["kind"] != "note" or each["severity"] == "error":
            yield key, Seen(each["code"], _place(each), each["unit"], each["message"])


def _place(each: Mapping[str, Any]) -> str:
    """Return file, sheet and cell in one; of the file the name alone, as two submissions lie in different folders."""
    file = each["file"].replace("\\", "/").rpartition("/")[2]
    return f"{file} {each['sheet']}!{each['cell']}" if each["sheet"] else file
