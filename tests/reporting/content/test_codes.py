"""Codes are those of their context groups, and ours say that they are ours."""

import pytest
from pydicom.sr.codedict import codes as known_codes

from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, STANDARDS
from fhc_desktop.reporting.content import codes
from fhc_desktop.reporting.content.codes import Code, growth_citation, private

# The lines of PS3.16's context groups, as pydicom's dictionaries have them.
STANDARD_CODES = (
    (codes.HC, "12005"),
    (codes.BPD, "12005"),
    (codes.OFD, "12005"),
    (codes.CEPHALIC_INDEX, "12004"),
    (codes.GESTATIONAL_AGE, "12019"),
    (codes.AGE_BY_LMP, "12019"),
    (codes.LMP, "12003"),
    (codes.EDD, "12003"),
    (codes.EDD_BY_LMP, "12003"),
    (codes.PERCENTILE_RANK, "12017"),
    (codes.Z_SCORE, "12017"),
    (codes.TWO_SD, "226"),
    (codes.EQUATION, "228"),
    (codes.TABLE_CITATION, "228"),
    (codes.CALCULATED, "3627"),
    (codes.age_citation("hadlock1984"), "12013"),
    (growth_citation(HADLOCK_1984_GROWTH, Dimension.HC), "12015"),
)


@pytest.mark.parametrize(("code", "context_group"), STANDARD_CODES)
def test_that_a_code_is_one_of_its_context_group(code: Code, context_group):
    group = getattr(known_codes, f"cid{context_group}").concepts.values()

    assert (code.value, code.scheme, code.meaning) in [
        (one.value, one.scheme_designator, one.meaning) for one in group
    ]


def test_that_each_chart_has_a_code_of_its_own():
    found = {growth_citation(one, dimension).value for one in STANDARDS for dimension in Dimension}

    assert len(found) == len(STANDARDS) * len(Dimension)


def test_that_a_code_that_dicom_has_no_room_for_is_refused():
    with pytest.raises(ValueError, match="not a code"):
        Code("x" * 17, "LN", "too long")
    assert len(private("X", "y" * 100).meaning) == 64
