"""The chart is written as it is seen, with its standard, and without the patient when hidden."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QColor, QImage

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.course.content import CourseView, course_content
from fhc_desktop.gui.course.picture import PNG_SCALE, SIZE, PictureNotWritten, write_picture
from fhc_desktop.gui.widgets import style
from tests.gui.course_examples import FIVE, OUTSIDE, TWINS, rows_of

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]
SVG = "{http://www.w3.org/2000/svg}"


def write(target, exams=FIVE, view=CourseView.HC, title="Course of the pregnancy", hint=""):
    content = course_content(rows_of(exams), INTERGROWTH_21ST)
    return write_picture(target, content, view, title=title, hint=hint)


def parsed(svg):
    return ET.parse(svg).getroot()  # noqa: S314 - our own file


def words_of(svg):
    return [text for node in parsed(svg).iter(f"{SVG}text") if (text := node.text)]


def test_that_a_png_has_its_size_and_the_examinations(tmp_path):
    written = write(tmp_path / "course.png")

    picture = QImage(str(written))
    assert (picture.width(), picture.height()) == (
        PNG_SCALE * SIZE.width(),
        PNG_SCALE * SIZE.height(),
    )
    seen = QColor(style.ACCEPTED).rgb()
    count = sum(
        picture.pixel(x, y) == seen
        for x in range(0, picture.width(), 2)
        for y in range(300, picture.height() - 200, 2)
    )
    assert count > 5 * 30


def test_that_an_svg_is_of_lines_and_letters(tmp_path):
    root = parsed(write(tmp_path / "course.svg"))

    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {SIZE.width()} {SIZE.height()}"
    assert list(root.iter(f"{SVG}image")) == []
    assert len(list(root.iter(f"{SVG}path"))) + len(list(root.iter(f"{SVG}polyline"))) > 20


def test_that_the_picture_names_standard_and_purpose(tmp_path):
    words = "\n".join(words_of(write(tmp_path / "course.svg")))

    assert "INTERGROWTH-21st 2014" in words
    assert "Papageorghiou" in words
    assert "for research use" in words
    assert "97th" in words


def test_that_title_and_dating_stand_above_the_chart_and_only_what_is_given(tmp_path):
    named = words_of(write(tmp_path / "a.svg", title="Course · 4711 · Zoë", hint="LMP 2026-01-10"))
    hidden = words_of(write(tmp_path / "b.svg"))

    assert {"Course · 4711 · Zoë", "LMP 2026-01-10"} <= set(named)
    assert not any("4711" in text or "LMP" in text for text in hidden)


def test_that_what_the_chart_cannot_show_is_said_in_the_picture(tmp_path):
    words = "\n".join(words_of(write(tmp_path / "course.svg", OUTSIDE)))

    assert "covers 14w0d to 40w0d" in words


def test_that_the_picture_shows_the_view_that_is_on_the_screen(tmp_path):
    words = words_of(write(tmp_path / "course.svg", TWINS, CourseView.Z))

    assert "z-score" in words
    assert "−3 z" in words
    assert "■ Fetus B" in words


def test_that_a_name_without_a_suffix_becomes_a_png(tmp_path):
    written = write(tmp_path / "Kurve 1.Mai")

    assert written.name == "Kurve 1.Mai.png"
    assert not QImage(str(written)).isNull()


def test_that_a_file_that_cannot_be_written_is_told_with_a_remedy(tmp_path):
    with pytest.raises(PictureNotWritten) as told:
        write(tmp_path / "no such folder" / "course.svg")

    assert "could not be written" in told.value.problem
    assert "another folder" in told.value.remedy
    assert list(tmp_path.iterdir()) == []
