import pytest

from fhc_desktop.domain.patient import Patient


@pytest.mark.parametrize(
    ("patient", "banner"),
    [
        (Patient("4711", "Zoë Müller"), "Zoë Müller  ·  4711"),
        (Patient("4711"), "4711"),
        (Patient(name="Zoë Müller"), "Zoë Müller"),
        (Patient(), "No patient named"),
    ],
)
def test_that_a_patient_is_named_by_what_is_known_of_her(patient, banner):
    assert patient.banner == banner
