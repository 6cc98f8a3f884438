"""A YAML file of ours, from the disk to its tree; what is wrong with the file goes to the faults."""

from __future__ import annotations

import stat
from pathlib import Path

from plancheck.language import Text
from plancheck.plan.faults import Faults, Spot, whole
from plancheck.plan.section import A_MAPPING, shown
from plancheck.plan.yaml_tree import MOST_BYTES, MapNode, read_tree


def read_document(path: Path, faults: Faults) -> MapNode | None:
    """Return the mapping in a file, None where there is none."""
    content = content_of(path)
    if isinstance(content, bytes):
        return parse_document(path, content, faults)
    faults.add("PC101", whole(path), why=content)
    return None


def parse_document(path: Path, content: bytes, faults: Faults) -> MapNode | None:
    """Return the mapping in the content of a file, None where there is none."""
    own = Faults(str(path))
    text = _decode(content, own)
    tree = read_tree(text, own) if text is not None else None
    if tree is None and not own:
        own.add("PC101", whole(path), why=Text("文件是空的", "the file is empty"))
    elif tree is not None and not isinstance(tree, MapNode):
        own.add("PC108", tree, key=path.name, expected=A_MAPPING, found=shown(tree))
    faults.join(own)
    return tree if isinstance(tree, MapNode) else None


def content_of(path: Path) -> bytes | Text:
    """Return the bytes of a regular file of bearable size, or why they cannot be had."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return Text("这是一个文件夹", "it is a folder")
        if not stat.S_ISREG(kind):
            return Text("这不是普通文件", "it is not a regular file")  # a pipe would never end
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Text("文件不存在", "there is no such file")
    except PermissionError:
        return Text("没有读取权限", "permission denied")
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        return Text(said, said)
    return content


def _decode(content: bytes, faults: Faults) -> str | None:
    """Return the text of a file."""
    if len(content) > MOST_BYTES:
        faults.add("PC105", whole(faults.file), what=Text("大小", "size"), limit="2 MB")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", errors="replace")) + 1
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        why = Text("文件是 UTF-16 编码", "it is encoded in UTF-16")
    else:
        why = Text("不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8", "it is not UTF-8 (perhaps GBK); save it as UTF-8")
    faults.add("PC101", Spot(line, column, faults.file), why=why)
    return None
