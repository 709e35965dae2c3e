from datetime import date

import pytest

from fhc_desktop.imaging.dicom.dates import read_date


@pytest.mark.parametrize("written", ["20240131", "2024.01.31", " 20240131 "])
def test_that_a_date_of_today_and_of_acr_nema_is_read(written):
    assert read_date(written) == date(2024, 1, 31)


@pytest.mark.parametrize("written", ["", "20240230", "31012024", "2024115", "2024-01-31", "today"])
def test_that_what_is_no_date_is_none(written):
    with pytest.raises(ValueError, match=r".+"):
        read_date(written)
