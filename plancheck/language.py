"""The two languages plancheck speaks, and a text that is said in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


class Text(Struct, frozen=True):
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en


def listed(words: Iterable[str], lang: Lang) -> str:
    """Return words in a row, with the comma of the language between them."""
    return ("、" if lang == "zh" else ", ").join(words)


def joined(texts: Iterable[str], lang: Lang) -> str:
    """Return texts that each say a thing of their own as one line; empty ones are left out."""
    return ("；" if lang == "zh" else "; ").join(filter(None, texts))


def all_of(texts: Iterable[Text | str]) -> Text:
    """Return texts, or names that have no language, in a row as one text."""
    each = tuple(texts)
    zh, en = ([one if isinstance(one, str) else one.say(lang) for one in each] for lang in LANGS)
    return Text(listed(zh, "zh"), listed(en, "en"))


Said = str | int | Text
"""What may fill a placeholder of a message: a text in both languages, or one that has no language."""


def fill(template: Text, lang: Lang, params: dict[str, Said]) -> str:
    """Return `template` in `lang` with its `{placeholders}` filled; texts are said in the same language."""
    said = {key: value.say(lang) if isinstance(value, Text) else value for key, value in params.items()}
    return template.say(lang).format(**said)
