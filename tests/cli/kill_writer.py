"""Kill a process that writes a result over and over, at random moments, and look at what stands there afterwards.

`python -m tests.cli.kill_writer FORMAT FOLDER TIMES SEED` prints how the kills ended as JSON. A process of its own,
because it forks: the child starts at once with everything loaded, so that two hundred kills take a second or two.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from plancheck.cli.files import write_atomically
from plancheck.reports.formats import document
from tests.reports.fixture import assessment


def outcomes(form: str, folder: Path, times: int, seed: int) -> Counter[str]:
    """Return how many kills left the old document, the new one, a third state; and how many hit a half-written file."""
    chance = random.Random(seed)
    verdicts = assessment().verdicts
    missed = next(verdict for verdict in verdicts if verdict.failing)
    without = tuple(each for each in verdicts if each is not missed)
    versions = [assessment(), replace(assessment(), verdicts=without, as_of="2026-02-01")]
    # made beforehand, as they are written: a kill before the first piece is there would show nothing of the writing
    made = [tuple(document(form, each, "zh")) for each in versions]
    whole = {b"".join(pieces): name for pieces, name in zip(made, ("old", "new"), strict=True)}
    target = folder / "result"
    write_atomically(target, made[0])
    started = time.perf_counter()
    write_atomically(target, made[0])
    once = time.perf_counter() - started
    longest = min(3 * once, once + 0.05)
    found: Counter[str] = Counter()
    for _ in range(times):
        begun, tell = os.pipe()
        child = os.fork()
        if child == 0:
            chance.seed()
            os.write(tell, b"begun")  # on a busy machine it might be killed before it writes
            while True:
                chance.shuffle(made)
                for pieces in made:
                    write_atomically(target, pieces)
        os.read(begun, 5)
        os.close(begun)
        os.close(tell)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found[whole.get(target.read_bytes(), "third")] += 1
        found["halfway"] += len([*folder.iterdir()]) - 1
    write_atomically(target, made[0])
    found["left behind"] = len([*folder.iterdir()]) - 1
    return found


if __name__ == "__main__":
    name, where, count, number = sys.argv[1:]
    print(json.dumps(outcomes(name, Path(where), int(count), int(number))))
