"""The container of an old Office file (OLE): the bytes of one stream in it, sector by sector along its chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from
from typing import Final

_LAST: Final = 0xFFFFFFFA
"""Numbers from here on are no sectors: the chain ends."""
_ENTRY: Final = 128
_ROOT: Final = 5
_STREAM: Final = 2


class NoSuchStream(ValueError):
    """The container does not hold the stream, or its chains lead nowhere."""


def stream(data: bytes, *names: str) -> bytes:
    """Return the first of the named streams. Raises NoSuchStream."""
    return _Container(data).stream(names)


class _Container:
    def __init__(self, data: bytes) -> None:
        sector, small, tables, directory, cutoff, first_small = (
            unpack_from("<H", data, 30)[0],
            unpack_from("<H", data, 32)[0],
            *unpack_from("<2I", data, 44),
            *unpack_from("<2I", data, 56),
        )
        if not (9 <= sector <= 12 and 4 <= small <= 9):  # 512 to 4,096 bytes; 16 to 512
            raise NoSuchStream
        self.data, self.size, self.small_size, self.cutoff = data, 1 << sector, 1 << small, cutoff
        self.most = len(data) // self.size + 1
        self.table = self._numbers(self._table_sectors(min(tables, self.most)))
        self.small_table = self._numbers(self._chain(first_small, self.table)) if first_small < _LAST else ()
        self.directory = b"".join(map(self._sector, self._chain(directory, self.table)))

    def stream(self, names: Sequence[str]) -> bytes:
        wanted = [name.encode("utf-16-le") + b"\0\0" for name in names]
        entries = [self.directory[at : at + _ENTRY] for at in range(0, len(self.directory), _ENTRY)]
        root = next((entry for entry in entries if len(entry) == _ENTRY and entry[66] == _ROOT), None)
        for name in wanted:
            for entry in entries:
                if len(entry) == _ENTRY and entry[66] == _STREAM and entry[: len(name)] == name:
                    first, length = unpack_from("<2I", entry, 116)
                    return self._content(first, length, root)
        raise NoSuchStream

    def _content(self, first: int, length: int, root: bytes | None) -> bytes:
        if length >= self.cutoff or root is None:
            return b"".join(map(self._sector, self._chain(first, self.table)))[:length]
        (begin,) = unpack_from("<I", root, 116)
        within = b"".join(map(self._sector, self._chain(begin, self.table)))
        size = self.small_size
        return b"".join(within[at * size : (at + 1) * size] for at in self._chain(first, self.small_table))[:length]

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _numbers(self, sectors: Iterator[int]) -> Sequence[int]:
        whole = b"".join(map(self._sector, sectors))
        return unpack_from(f"<{len(whole) // 4}I", whole)

    def _chain(self, first: int, table: Sequence[int]) -> Iterator[int]:
        seen = 0
        while first < _LAST:
            seen += 1
            if first >= len(table) or seen > len(table):
                raise NoSuchStream
            yield first
            first = table[first]

    def _table_sectors(self, count: int) -> Iterator[int]:
        """Yield the sectors of the table of sectors: 109 stand in the header, more in a chain of their own."""
        listed = [*unpack_from("<109I", self.data, 76)]
        (more,) = unpack_from("<I", self.data, 68)
        per_sector = self.size // 4
        for _ in range(self.most):
            if more >= _LAST or len(listed) >= count:
                break
            *further, more = unpack_from(f"<{per_sector}I", self._sector(more).ljust(self.size, b"\xff"))
            listed += further
        yield from (sector for sector in listed[:count] if sector < _LAST)
