"""The JSON Schema of a plan file: for editors, and as a second pair of eyes for lint."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from plancheck.language import Text
from plancheck.plan.faults import Spot
from plancheck.plan.yaml_places import Span, node_at, spans
from plancheck.plan.yaml_tree import ListNode, MapNode, Node, TextNode

if TYPE_CHECKING:
    from jsonschema import ValidationError

_FILE: Final = Path(__file__).with_name("plan.schema.json")
_LONGEST_SHOWN: Final = 80


class StructureFault(Struct, frozen=True):
    """A fault the schema sees: its place, what is wrong, and where in each file the part at fault stands."""

    place: Spot
    why: Text
    spans: Mapping[str, Span]


def schema_text() -> str:
    """Return the JSON Schema (draft-07) of a plan file."""
    return _FILE.read_text(encoding="utf-8")


def structure_faults(tree: Node) -> tuple[StructureFault, ...]:
    """Return where a tree is not what the schema describes."""
    from jsonschema import Draft7Validator  # 160 ms: only for who asks

    errors = Draft7Validator(json.loads(schema_text())).iter_errors(_value(tree))
    return tuple(_fault(error, tree) for error in errors)


def _value(node: Node) -> Any:
    """Return the node as an editor's YAML would hand it to the schema."""
    match node:
        case MapNode(entries):
            return {key: _value(entry.value) for key, entry in entries.items()}
        case ListNode(items):
            return [_value(item) for item in items]
        case TextNode(text, style="plain"):
            return _plain_value(text)
        case TextNode(text):
            return text
        case _:
            return None


def _plain_value(text: str) -> str | int | float | bool | None:
    if text in ("", "true", "false"):
        return {"": None, "true": True, "false": False}[text]
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?[0-9]{1,17}\.[0-9]{1,17}", text) else text


def _fault(error: ValidationError, tree: Node) -> StructureFault:
    node = node_at(tree, error.absolute_path)
    return StructureFault(Spot(node.line, node.column, node.file), _why(error), spans(tree, error.absolute_path))


_SAID: Final[dict[str, str]] = {
    "required": "缺少必需的键",
    "additionalProperties": "有未知的键",
    "type": "类型不对",
    "enum": "不在可选值之内",
    "pattern": "写法不对",
    "propertyNames": "键的写法不对",
    "oneOf": "应恰好符合几种写法之一",
    "anyOf": "不符合任何一种写法",
}


def _why(error: ValidationError) -> Text:
    where = " > ".join(map(str, error.absolute_path)) or "/"
    message = error.message if len(error.message) <= _LONGEST_SHOWN else f"{error.message[:_LONGEST_SHOWN]}…"
    return Text(f"{where}：{_SAID.get(str(error.validator), '不符合要求')}（{message}）", f"{where}: {message}")
