"""The columns of a report's measurements; pure, but for Qt's alignment."""

from fhc_desktop.domain.examination.structured_report import ReportedMeasurement
from fhc_desktop.gui.widgets.column_table import RIGHT, Column
from fhc_desktop.reporting.content.numbers import MISSING
from fhc_desktop.reporting.content.reported_words import (
    code_words,
    image_words,
    note_words,
    section_words,
)

COLUMNS: tuple[Column[ReportedMeasurement], ...] = (
    Column("Measurement", lambda one: one.name.text or MISSING, lambda one: one.name.whole),
    Column("Value", lambda one: one.text, None, RIGHT, title_tip="As the report has it"),
    Column("Fetus", lambda one: one.fetus or MISSING, None, is_rare=True),
    Column("How", lambda one: note_words(one) or MISSING, note_words, is_rare=True),
    Column("Measured on", lambda one: image_words(one) or MISSING, None, is_rare=True),
    Column("Code", lambda one: code_words(one) or MISSING, None),
    Column("Section", lambda one: section_words(one) or MISSING, section_words),
)
