from dataclasses import replace

from fhc_desktop.domain.examination.outline_origin import OutlineOrigin, outline_origin
from fhc_desktop.domain.image.geometry import Ellipse

OFFERED = Ellipse(400.0, 270.0, 300.0, 220.0, 0.25)


def test_that_the_outline_that_was_offered_is_the_models_own():
    assert outline_origin(OFFERED, OFFERED) is OutlineOrigin.PROPOSED
    assert outline_origin(OFFERED, OFFERED).is_models_own


def test_that_an_outline_off_the_offered_one_by_anything_is_edited():
    moved = replace(OFFERED, center_x=OFFERED.center_x + 1e-9)

    assert outline_origin(moved, OFFERED) is OutlineOrigin.EDITED


def test_that_where_nothing_was_offered_the_outline_was_drawn():
    assert outline_origin(OFFERED, None) is OutlineOrigin.DRAWN


def test_that_each_origin_has_one_word():
    assert [origin.value for origin in OutlineOrigin] == ["As proposed", "Edited", "Drawn by hand"]
