"""A report says what a report of the study tells, with whose word it is."""

from fhc_desktop.domain.examination.structured_report import ReportsBeside, TransmittedCode
from fhc_desktop.reporting.content.beside_rows import beside_rows
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.rows import Row
from tests.reporting.examinations import HEAD, NOW, accepted
from tests.told_reports import CM, IMAGE, beside, own_report, told


def test_that_a_row_tells_the_length_the_difference_and_the_source():
    told_so = beside(told(value="17.20", unit=CM, fetus="A", derivation="Mean"))

    assert beside_rows(accepted(), told_so) == (
        Row(
            "Report’s HC",
            "17.20 cm (172.0 mm)",
            "ours +4.8 mm (+2.8 %); “Head Circumference (11984-2, LN)”, fetus A, Mean, "
            "Example Console 9, SR1.dcm, complete, not verified",
        ),
    )


def test_that_a_row_says_why_nothing_is_compared():
    unknown = told(unit=TransmittedCode("Inch", "99EXAMPLE", "inches"))
    rows = beside_rows(accepted(), beside(unknown, told(frames=(5,))))

    assert rows[0].value == "172.0 inches"
    assert rows[0].note.startswith("its unit is not known here, so not compared")
    assert rows[1].note.startswith("measured on frame 5, so not compared")


def test_that_the_report_has_these_rows_and_no_other_number_changes():
    plain = ReportContent.of(accepted(), NOW)
    told_so = ReportContent.of(accepted(), NOW, beside=beside(told(), told(value="171.0")))

    assert [row.value for row in told_so.beside] == ["172.0 mm", "171.0 mm"]
    assert told_so.record == (*plain.record, Row("Study’s report", "2 rows, on the last page"))
    assert told_so.headline == plain.headline
    assert told_so.sizes == plain.sizes
    assert ReportContent.of(accepted(), NOW, beside=ReportsBeside()).record == plain.record


def test_that_an_earlier_report_of_this_program_is_set_apart_with_who_accepted_it():
    other = own_report(told(value="174.0"))
    same = own_report(told(value="176.8"), outline_px=HEAD, name="SR2.dcm", is_partial=True)

    assert beside_rows(accepted(), ReportsBeside(IMAGE, (other, same))) == (
        Row(
            "Earlier report’s HC",
            "174.0 mm",
            "ours +2.8 mm (+1.6 %); a report of this program, accepted by Who, Dr on "
            "2026-11-23 12:40, SR0.dcm",
        ),
        Row(
            "Earlier report’s HC",
            "176.8 mm",
            "the same measurement; a report of this program, accepted by nobody, SR2.dcm",
        ),
    )
