"""A remark tells what the study's report measured, the difference first and its words behind it."""

from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.gui.examination.beside_content import BesideContent
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.remark import Remark, remarks_of
from fhc_desktop.gui.examination.repeat_content import RepeatContent
from tests.reporting.examinations import HEAD, proposed
from tests.told_reports import BPD, CM, IMAGE, beside, own_report, told


def test_that_each_length_is_a_sentence_with_the_difference_in_front():
    content = BesideContent.of(proposed(), beside(told(BPD, "47.0"), told(fetus="A")))

    hc, bpd = content.sentences
    assert hc == (
        "Report’s HC 172.0 mm (A); ours +4.8 mm (+2.8 %); "
        "“Head Circumference (11984-2, LN)”, fetus A, Example Console 9, SR1.dcm, complete, "
        "not verified"
    )
    assert bpd.startswith("Report’s BPD 47.0 mm; ours +1.0 mm (+2.1 %); “Biparietal")


def test_that_centimetres_are_told_in_millimetres_and_as_they_came():
    (hc,) = BesideContent.of(proposed(), beside(told(value="17.20", unit=CM))).sentences

    assert hc.startswith("Report’s HC 172.0 mm; ours +4.8 mm (+2.8 %); told as 17.20 cm, “Head")


def test_that_lengths_are_remarks_and_what_is_wrong_with_a_report_is_a_warning():
    exam = proposed()
    content = BesideContent.of(exam, beside(told(), unread=("It ends too early.",)))

    remarks = remarks_of(
        MeasurementContent.of(exam, activity=""), RepeatContent(), ("A flag.",), content
    )

    assert remarks[-3] == Remark("SR1.dcm beside the image: It ends too early.", is_warning=True)
    assert remarks[-2].text.startswith("Report’s HC 172.0 mm")
    assert remarks[-1] == Remark("A flag.")


def test_that_an_earlier_report_of_this_program_is_set_apart_from_a_consoles():
    earlier = own_report(told(value="176.8"), outline_px=HEAD)

    (line,) = BesideContent.of(proposed(), ReportsBeside(IMAGE, (earlier,))).lines

    assert line.sentence == (
        "Earlier report’s HC 176.8 mm; the same measurement; a report of this program, accepted by "
        "Who, Dr on 2026-11-23 12:40, SR0.dcm"
    )
    assert line.deidentified.sentence == "Earlier report’s HC 176.8 mm; the same measurement"
