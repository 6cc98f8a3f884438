"""A strict reader of one mapping of the plan file: typed values out, every fault noted, unknown keys found at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final, TypeVar

from plancheck.language import Text, all_of
from plancheck.pattern import Pattern
from plancheck.plan.faults import Faults, Place
from plancheck.plan.yaml_tree import Entry, ListNode, MapNode, Node, RefusedNode, TextNode

Word = TypeVar("Word", bound=str)

A_TEXT: Final = Text("一段文字", "a text")
A_LIST: Final = Text("列表 […]", "a list […]")
A_MAPPING: Final = Text("“键: 值”的表", "a mapping of 'key: value'")
ID: Final = Pattern(r"[a-z][a-z0-9_]*")
AN_ID: Final = Text(
    "以小写字母开头、由小写字母数字和“_”组成的编号", "an id of small letters, digits and _, letter first"
)
EARLIEST: Final = 1900
LATEST: Final = 2200
A_PERCENTAGE: Final = Text("0% 以上、至多 100% 的百分数，如 80%", "a percentage above 0 % and up to 100 %, such as 80%")
TRUE_OR_FALSE: Final = Text("true 或 false", "true or false")
_LONGEST_SHOWN: Final = 60


def shown(node: Node) -> Text:
    """Return what stands in a node, short enough for a message."""
    match node:
        case TextNode(text) if text.strip():
            text = " ".join(text.split())
            short = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
            return Text(short, short)
        case TextNode():
            return Text("空", "nothing")
        case ListNode():
            return Text("列表", "a list")
        case _:
            return Text("表", "a mapping")


class Section:
    """One mapping. Each method notes a fault and hands back a harmless value, so that reading goes on.

    A key counts as known once it has been asked for; `finish` reports the others. `name` says in messages which
    mapping this is, `place` is where its key stands.
    """

    def __init__(self, faults: Faults, name: Text, key: TextNode | Place, node: MapNode) -> None:
        self.faults = faults
        self.name = name
        self.place: Place = key
        self._key = key
        self.id = key.text if isinstance(key, TextNode) else ""
        self._node = node
        self._asked: dict[str, None] = {}

    def finish(self, among: Collection[str] | None = None) -> None:
        """Report each key that nobody asked for, of all or `among` some."""
        for key, entry in self._node.entries.items():
            if key not in self._asked and (among is None or key in among):
                self.faults.add(
                    "PC106",
                    entry.key,
                    where=self.name,
                    key=shown(entry.key),
                    suggestion=self.faults.suggestion(key, self._asked),
                    known=", ".join(self._asked),
                )

    def has(self, key: str) -> bool:
        """Return whether the key is written, with anything behind it or nothing."""
        self._asked[key] = None
        return key in self._node.entries

    def get(self, key: str) -> Node | None:
        """Return what stands behind an optional key."""
        return self._node.entries[key].value if self.has(key) else None

    def need(self, key: str) -> Node | None:
        """Return what stands behind a key that must be there."""
        if not self.has(key):
            self.faults.add("PC107", self.place, where=self.name, key=key)
            return None
        return self._node.entries[key].value

    def wrong(self, key: str, node: Node, expected: Text) -> None:
        """Note that `node` is not what is expected behind `key`."""
        if not isinstance(node, RefusedNode):
            self.faults.add("PC108", node, key=key, expected=expected, found=shown(node))

    def laid_over(self, part: Section, without: Collection[str]) -> Section:
        """Return this mapping with the keys of one of its parts in the place of its own, `without` some of them."""
        together = {**self._node.entries, **part._node.entries}
        entries = {key: entry for key, entry in together.items() if key not in without}
        return Section(
            self.faults, part.name, self._key, MapNode(entries, part._node.line, part._node.column, part._node.file)
        )

    def keys(self, key: str) -> tuple[str, ...]:
        """Return the keys of the mapping behind `key`, whatever may be wrong with it."""
        node = self.get(key)
        return tuple(node.entries) if isinstance(node, MapNode) else ()

    # ------------------------------------------------------------------------------------------ single values

    def scalar(self, key: str) -> TextNode | None:
        """Return the text behind an optional key, with its place."""
        return self._written(key, self.get(key))

    def needed_scalar(self, key: str) -> TextNode | None:
        """Return the text behind a key that must be there, with its place."""
        return self._written(key, self.need(key))

    def _written(self, key: str, node: Node | None) -> TextNode | None:
        if node is None or (isinstance(node, TextNode) and node.text.strip()):
            return node
        self.wrong(key, node, A_TEXT)
        return None

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        node = self.needed_scalar(key)
        return node.text.strip() if node else ""

    def said(self, key: str) -> Text:
        """Return a text in both languages that must be there."""
        return self._said(key, self.need(key)) or Text("", "")

    def said_or_none(self, key: str) -> Text | None:
        """Return an optional text in both languages."""
        return self._said(key, self.get(key))

    def _said(self, key: str, node: Node | None) -> Text | None:
        if node is None:
            return None
        if not isinstance(node, MapNode):
            self.wrong(key, node, Text("{zh: 中文, en: English}", "{zh: 中文, en: English}"))
            return None
        part = self._part(key, node)
        said = Text(part.text("zh"), part.text("en"))
        part.finish()
        return said

    def one_of(self, key: str, allowed: tuple[Word, ...], default: Word | None = None) -> Word:
        """Return one of the allowed words; the key must be there unless there is a default."""
        node = self.needed_scalar(key) if default is None else self.scalar(key)
        if node is None:
            return default or allowed[0]
        for word in allowed:
            if word == node.text:
                return word
        self.wrong(key, node, one_of_them(allowed))
        return default or allowed[0]

    def flag(self, key: str) -> bool:
        """Return an optional true or false; false when absent."""
        node = self.scalar(key)
        if node is not None and node.text not in ("true", "false"):
            self.wrong(key, node, TRUE_OR_FALSE)
        return node is not None and node.text == "true"

    def whole(self, key: str, node: TextNode | None, lowest: int, highest: int) -> int | None:
        """Return the whole number written in `node`, None when there is none or it is out of bounds."""
        if node is None:
            return None
        if re.fullmatch(r"[1-9][0-9]{0,8}", node.text) and lowest <= int(node.text) <= highest:
            return int(node.text)
        self.wrong(key, node, Text(f"{lowest} 至 {highest} 的整数", f"a whole number from {lowest} to {highest}"))
        return None

    def year(self, key: str, node: TextNode | None, after: int = EARLIEST - 1) -> int | None:
        """Return the year written in `node`, None when there is none or it is not after the year `after`."""
        return self.whole(key, node, after + 1, LATEST)

    def percentage(self, key: str, node: TextNode | None) -> Fraction | None:
        """Return the part of the whole that a percentage states, such as 4/5; the sign % must stand behind it."""
        if node is None:
            return None
        match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)\s*[%％]", node.text.strip())
        part = Fraction(match[1]) / 100 if match is not None else Fraction(0)
        if 0 < part <= 1:
            return part
        self.wrong(key, node, A_PERCENTAGE)
        return None

    # ----------------------------------------------------------------------------------- lists and mappings

    def texts(self, key: str, node: Node | None) -> tuple[TextNode, ...]:
        """Return the texts of a list; one that stands twice is reported and left out."""
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self.wrong(key, node, A_LIST)
            return ()
        first: dict[str, TextNode] = {}
        for item in node.items:
            if not isinstance(item, TextNode) or not item.text.strip():
                self.wrong(key, item, A_TEXT)
            elif first.setdefault(item.text, item) is not item:
                self.faults.add("PC103", item, key=shown(item), first=first[item.text].line)
        return tuple(first.values())

    def references(self, key: str, node: Node | None, known: Collection[str], what: Text) -> tuple[str, ...]:
        """Return the names in a list, each of which must be known; `what` they are is said in the finding."""
        return tuple(name.text for name in self.texts(key, node) if self.refer(name, known, what))

    def some_texts(self, key: str, node: Node | None) -> tuple[TextNode, ...]:
        """Return the texts of a list that must name something."""
        if isinstance(node, ListNode) and not node.items:
            self.names_nothing(key, node)
        return self.texts(key, node)

    def names_nothing(self, key: str, node: Node) -> None:
        """Note that what stands behind `key` is empty, though something must be named there."""
        self.faults.add("PC131", node, where=self.name, key=key)

    def refer_strictly(self, name: TextNode | None, known: Collection[str], what: Text) -> str:
        """Return the name of a thing of a kind that need not be declared at all; note it when it is not known."""
        if name is None or name.text in known:
            return "" if name is None else name.text
        self.faults.unknown(name.text, name, known, what)
        return ""

    def refer(self, name: TextNode, known: Collection[str], what: Text) -> bool:
        """Return whether a name is known; note it when it is not.

        Where nothing of its kind is declared at all, that is the fault, and it has been noted.
        """
        if name.text in known or not known:
            return True
        self.faults.unknown(name.text, name, known, what)
        return False

    def part(self, key: str) -> Section | None:
        """Return the mapping behind a key that must be there."""
        return self._mapping(key, self.need(key))

    def part_or_none(self, key: str) -> Section | None:
        """Return the mapping behind an optional key."""
        return self._mapping(key, self.get(key))

    def _mapping(self, key: str, node: Node | None) -> Section | None:
        if isinstance(node, MapNode):
            return self._part(key, node)
        if node is not None:
            self.wrong(key, node, A_MAPPING)
        return None

    def _part(self, key: str, node: MapNode) -> Section:
        name = Text(f"{self.name.zh}的“{key}”", f"'{key}' of {self.name.en}")
        return Section(self.faults, name, self._node.entries[key].key, node)

    def own_entries(self) -> tuple[Entry, ...]:
        """Return every entry of this mapping, each of which counts as known, where keys are names of the author's."""
        self._asked |= dict.fromkeys(self._node.entries)
        return tuple(self._node.entries.values())

    def entries(self, key: str, node: Node | None) -> tuple[Entry, ...]:
        """Return the entries of a mapping that must hold at least one."""
        if isinstance(node, MapNode) and node.entries:
            return tuple(node.entries.values())
        if node is not None:
            self.wrong(key, node, A_MAPPING)
        return ()

    def children(self, key: str, what: Text) -> Iterator[Section]:
        """Return the mappings in the mapping behind a key, by id; each is finished when the next is asked for."""
        for entry in self.entries(key, self.need(key)):
            if not ID.fullmatch(entry.key.text):
                self.wrong(key, entry.key, AN_ID)
            child = self._child(entry.key.text, what, entry.key, entry.value)
            if child is not None:
                yield child
                child.finish()

    def items(self, key: str, node: Node | None, what: Text) -> Iterator[Section]:
        """Return the mappings in a list; each is finished when the next is asked for."""
        if node is None:
            return
        if not isinstance(node, ListNode):
            self.wrong(key, node, A_LIST)
            return
        for number, item in enumerate(node.items, 1):
            child = self._child(str(number), what, item, item)
            if child is not None:
                yield child
                child.finish()

    def _child(self, name: str, what: Text, key: TextNode | Place, node: Node) -> Section | None:
        if isinstance(node, MapNode):
            return Section(self.faults, Text(f"{what.zh}“{name}”", f"{what.en} '{name}'"), key, node)
        self.wrong(name, node, A_MAPPING)
        return None


def one_of_them(allowed: Collection[str]) -> Text:
    """Return the words of a choice for a message."""
    words = all_of(allowed)
    return Text(f" {words.zh} 之一", f"one of {words.en}")
