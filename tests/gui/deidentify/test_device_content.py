"""Before a copy leaves, the dialog says what it names of the device, and asks about the rest."""

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.gui.deidentify.device_content import DeviceContent


def content(maker, model, *, is_deidentified=False):
    study = StudyInfo(manufacturer=maker, device=model)
    return DeviceContent.of(study, is_deidentified=is_deidentified)


def test_that_known_names_are_shown():
    shown = content("GE Healthcare", "Voluson S")

    assert shown == DeviceContent("The copy names the device: GE Healthcare, Voluson S.")


def test_that_an_unknown_name_is_asked_about():
    assert content("GE Healthcare", "Praxis Roe").asked == ("Praxis Roe",)
    assert content("Roe", "Roe") == DeviceContent("", ("Roe",))


def test_that_the_deidentified_view_shows_no_unknown_name():
    hidden = content("GE Healthcare", "Praxis Roe", is_deidentified=True)

    assert hidden.asked == ()
    assert "Roe" not in hidden.said
    assert "GE Healthcare" in hidden.said
    assert "leave the de-identified view" in hidden.said


def test_that_a_name_that_no_copy_can_hold_is_told_and_not_asked_about():
    told = content("GE Healthcare", "long " * 20)

    assert told.asked == ()
    assert "longer than the standard" in told.said


def test_that_a_file_that_names_no_device_says_nothing():
    assert content(None, None) == DeviceContent()
    assert content(None, None, is_deidentified=True) == DeviceContent()
