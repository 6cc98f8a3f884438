"""Foreign text is made harmless in one place."""

import pytest

from plancheck.reports.clean import clean_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("怀柔区第一小学", "怀柔区第一小学"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("a\x00\x7f\x85\x9fb", "ab"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\rb", "ab"),
        ("x\ud800y\udfffz", "xyz"),
        ("x\ufffey\uffffz", "xyz"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("\u2066a\u2069", "⟦U+2066⟧a⟦U+2069⟧"),
        ("a\u200e\u061cb", "a⟦U+200E⟧⟦U+061C⟧b"),
        ("[bold]=1+1", "[bold]=1+1"),
        ("::error::x", "∶:error::x"),
        ("a\n\u3000 ::set-output name=a::b", "a\n\u3000 ∶:set-output name=a::b"),
        ("a ::error::x", "a ::error::x"),
        ("\x00::error::x", "∶:error::x"),
        ("a ##[error]x ##vso[task.x] ## [", "a # #[error]x # #vso[task.x] ## ["),
    ],
)
def test_clean_text(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_what_is_cleaned_can_be_encoded() -> None:
    assert clean_text("".join(map(chr, range(0x110000)))).encode()
