import pytest

from fhc_desktop.reporting.colours import ACCEPTED, EDITED, PROPOSAL, rgb


@pytest.mark.parametrize(
    ("colour", "parts"),
    [(PROPOSAL, (86, 180, 233)), (EDITED, (230, 159, 0)), (ACCEPTED, (31, 196, 147))],
)
def test_that_a_colour_has_its_three_parts(colour, parts):
    assert rgb(colour) == parts
