"""Regular expressions that are compiled when first asked: to compile all that a run may ask takes a tenth of a short one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, AnyStr, Final, Generic

_ASKED: Final = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")


class Pattern(Generic[AnyStr]):
    """What `re.compile` returns, as far as it is asked here; a faulty expression raises `re.error` when first asked."""

    __slots__ = ("_flags", "_written", *_ASKED)

    match: Callable[..., re.Match[AnyStr] | None]
    fullmatch: Callable[..., re.Match[AnyStr] | None]
    search: Callable[..., re.Match[AnyStr] | None]
    sub: Callable[..., AnyStr]
    split: Callable[..., list[AnyStr | Any]]
    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[AnyStr]]]

    def __init__(self, written: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written: AnyStr = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile; what is asked next is there, as quick as with `re`."""
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self._written, self._flags)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(self, name)
