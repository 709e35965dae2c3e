from fhc_desktop.domain.errors import FhcError


def test_that_a_fault_of_the_world_says_what_is_wrong_and_what_to_do():
    fault = FhcError("The disk is full.", "Free some space.")

    assert str(fault) == "The disk is full. Free some space."
    assert (fault.problem, fault.remedy) == ("The disk is full.", "Free some space.")
