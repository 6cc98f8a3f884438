"""An assessment as one self-contained page: no network, no framework, a policy that lets nothing else in."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any, Final

from plancheck.language import Lang
from plancheck.model import Assessment
from plancheck.reports.html_views import page_of
from plancheck.wording import say

_FILES: Final = Path(__file__).with_name("page_files")


def render(assessment: Assessment, lang: Lang) -> str:
    """Return the page. The template escapes every text; only the charts, which escape their own, go in as they are."""
    from markupsafe import Markup

    style, script = (_text(name) for name in ("report.css", "report.js"))
    return str(
        _template().render(
            page=page_of(assessment, lang),
            say=lambda key, **params: say(key, lang, **params),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=Markup(_hash(style)),  # noqa: S704 - base64
            script_hash=Markup(_hash(script)),  # noqa: S704 - base64
        )
    )


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_text("report.html.j2"))


@cache
def _text(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return a text as a content policy names it, so that this style and this script run and no other."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
