"""The words plancheck uses beside the messages of findings: headings, statuses, options, errors of use.

Literal tables in both languages, one for each who speaks; `say` is the only way to them. Keys are `family.word`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import errorcode
from typing import Final

from plancheck.language import Lang, Said, Text, fill
from plancheck.wording import commands, documents, looking, verdicts

PARTS: Final = (verdicts.WORDS, documents.WORDS, looking.WORDS, commands.WORDS)
WORDS: Final[Mapping[str, Text]] = {key: text for part in PARTS for key, text in part.items()}


def refusal(error: OSError | int) -> Text | str:
    """Return why the system refused something (its number suffices), in both languages where the reason is a usual one."""
    number = error if isinstance(error, int) else error.errno or 0
    return WORDS.get(f"why.{errorcode.get(number, '')}") or (os.strerror(number) if number else str(error))


def say(key: str, lang: Lang, **params: Said) -> str:
    """Return the words for `key` in `lang`, placeholders filled. Raises KeyError for a key that does not exist."""
    return fill(WORDS[key], lang, params)
