"""The two languages plancheck speaks, and a text that is said in both."""

from __future__ import annotations

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


Said = str | int | Text
"""What may fill a placeholder of a message: a text in both languages, or one that has no language."""


def fill(template: Text, lang: Lang, params: dict[str, Said]) -> str:
    """Return `template` in `lang` with its `{placeholders}` filled; texts are said in the same language."""
    said = {key: value.say(lang) if isinstance(value, Text) else value for key, value in params.items()}
    return template.say(lang).format(**said)
