"""Forty texts that a school could hand in and that no output may bring to life."""

from __future__ import annotations

from plancheck.reports.clean import clean_text

TEXTS = (
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=cmd|' /C calc'!A0", "＝1+1", "=HYPERLINK(\"http://x.example\")",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "</testcase><failure/>", "]]>", "<!--", "&#0;", "&amp;",
    "[bold]x[/bold]", "[link=http://x.example]y[/link]", "[a](javascript:alert(1))", "![a](http://x.example/a.png)", "`rm -rf`",
    "**bold** _em_ ~~x~~", "| a | b |", "# heading", "$x^2$", "http://x.example", "a@b.example", ":smile:",
    "\x1b[2J", "\x1b]0;title\x07", "\x00zero", "\ud800lone", "\u202egnp.exe", "\ufffe\uffff", "a\r\n::error::x", "::set-output name=a::b", "%0A::error::x",
    "../../etc/passwd", "{0} {x} %s %(a)s", "_x001B_[2J", "甲" * 300,
)  # fmt: skip


def quoted(text: str) -> str:
    """Return a text as it is shown within a sentence, where no line begins with it."""
    return clean_text(f"“{text}")[1:]
