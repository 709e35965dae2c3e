"""Heads, scales and ages to try everything on."""

import math

from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.geometry import Ellipse


def ellipses():
    """Outlines in pixels, from round to half as wide as long."""
    return st.builds(
        lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
        st.floats(-500, 500),
        st.floats(-500, 500),
        st.floats(10, 400),
        st.floats(0.5, 2.0),
        st.floats(-math.pi, math.pi),
    )


def factors():
    return st.floats(0.05, 3.0)


def ages():
    return st.builds(GestationalAge, st.integers(98, 280))


def standards_and_ages():
    """A growth standard, and an age that its chart covers."""
    return st.sampled_from(STANDARDS).flatmap(
        lambda standard: st.tuples(
            st.just(standard),
            st.builds(GestationalAge, st.integers(standard.first_day, standard.last_day)),
        )
    )
