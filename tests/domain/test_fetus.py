import pytest

from fhc_desktop.domain.fetus import Fetus


@pytest.mark.parametrize(
    ("fetus", "text"),
    [
        (Fetus(), ""),
        (Fetus("A"), "Fetus A"),
        (Fetus("B", "right, cephalic"), "Fetus B, right, cephalic"),
        (Fetus("", "breech"), "breech"),
    ],
)
def test_that_a_fetus_is_named_by_letter_and_position(fetus, text):
    assert fetus.text == text


def test_that_a_fetus_has_a_letter_and_no_other_name():
    with pytest.raises(ValueError, match="not a fetus: left"):
        Fetus("left")
