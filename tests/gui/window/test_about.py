"""The program says what it is, by which model, and on whose work it rests."""

import pytest

from fhc_desktop import __version__
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.growth.ultrasound_age import HADLOCK_1984_CITATION
from fhc_desktop.gui.window.about import NOT_A_DEVICE, AboutDialog
from tests.gui.hand import visible_words

MODEL = ModelIdentity(name="head_unet", version="1.2.0", sha256="0123456789abcdef" * 4)


@pytest.mark.gui
def test_that_about_names_version_model_citations_and_purpose(present):
    about = visible_words(present(AboutDialog(None, MODEL)))

    assert __version__ in about
    assert "head_unet 1.2.0" in about
    assert "".join(about.split()).count(MODEL.sha256) == 1
    assert NOT_A_DEVICE in about
    assert INTERGROWTH_21ST.citation in about
    assert HADLOCK_1984_CITATION in about
    assert "(CC BY 4.0)" in WHO_2017.citation
    assert WHO_2017.citation in about
    assert "MIT" in about


@pytest.mark.gui
def test_that_about_says_when_no_model_was_used(present):
    assert "No model has been used yet." in visible_words(present(AboutDialog(None, None)))
