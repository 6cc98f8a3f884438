"""Many files read: one after the other, or shared out over processes; a parser that dies takes only its file along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from os import cpu_count
from pathlib import Path

from plancheck.language import Text
from plancheck.model import Finding, Return
from plancheck.returns.read import read_file
from plancheck.returns.table import Context

WORTH_SHARING = 24
"""Below this many files a second process costs more than it saves."""

_of_process: dict[str, Context] = {}
"""The context of a reading process, handed over once when it begins."""


def read_files(
    paths: Sequence[Path], context: Context, jobs: int, told: Callable[[int, int], None] | None = None
) -> tuple[Return, ...]:
    """Read returns in the order given. `jobs` 0 takes every processor when there is enough to do."""
    workers = jobs or ((cpu_count() or 1) if len(paths) >= WORTH_SHARING else 1)
    one_by_one = (read_file(path, context) for path in paths)
    found: list[Return] = []
    for result in one_by_one if workers == 1 else _shared(paths, context, min(workers, len(paths))):
        found.append(result)
        if told is not None:
            told(len(found), len(paths))
    return tuple(found)


def _shared(paths: Sequence[Path], context: Context, workers: int) -> Iterator[Return]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    chunk = max(1, min(50, len(paths) // (workers * 4)))
    try:
        with ProcessPoolExecutor(workers, initializer=_begin, initargs=(context,)) as pool:
            for result in pool.map(_read, paths, chunksize=chunk):
                done += 1
                yield result
    except BrokenProcessPool:
        for path in paths[done:]:
            try:
                with ProcessPoolExecutor(1, initializer=_begin, initargs=(context,)) as pool:
                    result = pool.submit(_read, path).result()
            except BrokenProcessPool:
                why = Text("读取程序因它而中止", "it makes the parser abort")
                result = Return(str(path), "", findings=(Finding("PC205", str(path), params={"why": why}),))
            yield result


def _begin(context: Context) -> None:
    import signal

    signal.signal(signal.SIGINT, lambda *_: _of_process.clear())  # Ctrl-C: nothing more is read of what was handed out
    _of_process["context"] = context


def _read(path: Path) -> Return:
    context = _of_process.get("context")
    return read_file(path, context) if context is not None else Return(str(path), "")
