"""Words in a row and sentences joined, as each of the two languages writes them."""

from __future__ import annotations

from plancheck.language import Text, all_of, joined, listed


def test_words_in_a_row_have_the_comma_of_their_language() -> None:
    assert listed(["甲校", "乙校", "丙校"], "zh") == "甲校、乙校、丙校"
    assert listed(["A", "B", "C"], "en") == "A, B, C"


def test_one_word_stands_alone_and_none_is_nothing() -> None:
    assert listed(["甲校"], "zh") == "甲校"
    assert listed(iter(()), "en") == ""


def test_an_empty_word_in_a_row_is_kept() -> None:
    """A cell without a name is one of the row all the same; only what is remarked may be left out."""
    assert listed(["甲校", "", "丙校"], "zh") == "甲校、、丙校"


def test_texts_are_joined_with_the_semicolon_of_their_language() -> None:
    assert joined(["暂定", "2 校未报"], "zh") == "暂定；2 校未报"
    assert joined(["provisional", "2 schools missing"], "en") == "provisional; 2 schools missing"


def test_empty_texts_are_left_out() -> None:
    assert joined(["", "暂定", "", "2 校未报", ""], "zh") == "暂定；2 校未报"
    assert joined(("", "provisional"), "en") == "provisional"
    assert joined(iter(("", "")), "en") == ""


def test_texts_in_a_row_are_one_text_in_both_languages() -> None:
    primary, junior = Text("小学", "primary schools"), Text("初中", "junior high schools")
    assert all_of(each for each in (primary, junior)) == Text("小学、初中", "primary schools, junior high schools")
    assert all_of([primary]) == primary
    assert all_of([]) == Text("", "")


def test_a_name_without_a_language_is_itself_in_both() -> None:
    assert all_of(["怀柔一小", Text("初中", "junior high schools")]) == Text(
        "怀柔一小、初中", "怀柔一小, junior high schools"
    )
