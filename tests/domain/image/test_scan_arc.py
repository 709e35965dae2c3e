from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import typed_calibration
from fhc_desktop.domain.image.scan_arc import ScanArc
from tests.heads import small_phantom


@given(st.floats(0.5, 2.0), st.floats(0.5, 2.0))
def test_that_an_arc_more_than_8_percent_from_the_files_pixels_looks_stretched(seen, told):
    apart = max(seen / told, told / seen)

    said = ScanArc(seen).stretch_remarks(pixel_aspect=told)

    if abs(apart - 1.08) > 1e-6:
        assert bool(said) == (apart > 1.08)
    assert all(f"{seen:.2f} times as high as wide" in sentence for sentence in said)


def test_that_a_stretched_scan_whose_pixels_were_typed_on_both_sides_is_no_warning_any_more():
    exam = Examination(small_phantom().image, scan_arc=ScanArc(0.889))
    square, shaped = typed_calibration(0.2, 0.2), typed_calibration(0.2, 0.178)

    assert any("stretched" in said for said in exam.with_manual_calibration(square).warnings)
    assert not any("stretched" in said for said in exam.with_manual_calibration(shaped).warnings)


def test_that_a_stretched_scan_is_a_warning_of_its_examination():
    exam = Examination(small_phantom().image, scan_arc=ScanArc(0.889))

    (warning,) = [said for said in exam.warnings if "stretched" in said]
    assert "0.89 times as high as wide, and they count as 1.00 times" in warning
    assert not any("stretched" in said for said in replace(exam, scan_arc=ScanArc(1.05)).warnings)
