import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.reporting.pdf import lettering
from fhc_desktop.reporting.pdf.lettering import (
    BOLD,
    EAST_ASIAN,
    ELLIPSIS,
    REGULAR,
    UNKNOWN,
    Face,
    fitted,
    printable,
    register_fonts,
    wrapped,
)
from fhc_desktop.reporting.saving import ReportNotWritten

FACE = Face(REGULAR, 8)


@pytest.fixture(autouse=True)
def _fonts():
    register_fonts()


@pytest.mark.parametrize(
    "text", ["Ångström", "Αναστασία", "Жукова", "Đặng Văn", "ŽŠČ ıİğ", "± − ·"]
)
def test_that_latin_greek_and_cyrillic_can_be_printed(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    "text", ["\u202e", "\u200b", "\x00", "\x1b", "\ufeff", "\ud800", "\u1780", "😀", "\U0001d400"]
)
def test_that_what_cannot_be_seen_or_shown_leaves_a_box(text):
    assert printable(f"a{text}b") == f"a{UNKNOWN}b"


def test_that_a_non_joiner_is_seen_by_the_letters_that_it_parts_and_is_a_box_elsewhere():
    parted, joined_up = printable("می\u200cشود"), printable("میشود")

    assert UNKNOWN not in parted
    assert parted != joined_up
    assert printable("A\u200cda") == f"A{UNKNOWN}da"


def test_that_white_space_is_a_space():
    assert printable("\ta\nb\u00a0c\u2028d ") == "a b c d"


def test_that_accents_written_apart_are_put_together():
    assert printable("e\u0301") == "é"


@given(st.text(max_size=60))
def test_that_any_text_becomes_printable_once_and_for_all(text):
    shown = printable(text)
    assert printable(shown) == shown
    assert "\n" not in shown
    FACE.width(shown)


@given(st.text("aW iм,", max_size=400), st.floats(20, 300), st.sampled_from([REGULAR, BOLD]))
def test_that_fitted_text_fits_and_says_when_it_is_cut(text, width, font):
    face = Face(font, 9)
    shown = fitted(text, face, width)
    assert face.width(shown) <= width
    assert shown == text or (
        shown.endswith(ELLIPSIS) and text.startswith(shown.removesuffix(ELLIPSIS))
    )


@given(st.text("aW iм,", max_size=400), st.floats(20, 300), st.integers(1, 5))
def test_that_wrapped_lines_fit_and_lose_nothing_unsaid(text, width, lines):
    text = " ".join(text.split())
    shown = wrapped(text, FACE, width, lines=lines)
    assert len(shown) <= lines
    assert all(FACE.width(line) <= width for line in shown)
    if not (shown and shown[-1].endswith(ELLIPSIS)):
        assert "".join(shown).replace(" ", "") == text.replace(" ", "")


def test_that_lines_break_at_spaces():
    assert wrapped("exact perimeter of the ellipse", FACE, 70, lines=3) == (
        "exact perimeter",
        "of the ellipse",
    )


def test_that_a_missing_font_is_told_and_not_a_traceback(monkeypatch, tmp_path):
    monkeypatch.setattr(lettering, "_FILES", {"Never-Registered": "fonts/absent.ttf"})
    with pytest.raises(ReportNotWritten, match="font is missing or damaged"):
        register_fonts()


@pytest.mark.parametrize(
    "name", ["山田 太郎", "やまだ たろう", "ﾔﾏﾀﾞ", "김희중", "洪 吉洞", "王 小东"]
)
def test_that_an_east_asian_name_is_printed_letter_by_letter(name):
    face = Face(BOLD, 10)

    assert UNKNOWN not in printable(name)
    assert {font for font, piece in face.runs(name) if piece.strip()} == {EAST_ASIAN}
    assert face.width(name) > 0


def test_that_a_line_of_two_fonts_is_as_wide_as_its_pieces():
    face = Face(REGULAR, 10)

    assert face.runs("Yamada (山田)") == [
        (REGULAR, "Yamada ("),
        (EAST_ASIAN, "山田"),
        (REGULAR, ")"),
    ]
    assert face.width("Yamada (山田)") == pytest.approx(
        face.width("Yamada (") + face.width("山田") + face.width(")")
    )
