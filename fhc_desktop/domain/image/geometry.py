"""The ellipse round the skull: perimeter, unequal scaling, handles and what a drag means."""

import math
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]

MINIMUM_SEMI_AXIS = 1.0


class Handle(Enum):
    """What the hand can take hold of."""

    CENTER = "center"
    A_END = "a_end"
    A_START = "a_start"
    B_END = "b_end"
    B_START = "b_start"
    ROTATION = "rotation"


# Each axis handle as (which axis, towards which side of it).
_AXIS_HANDLES = {
    Handle.A_END: ("a", 1.0),
    Handle.A_START: ("a", -1.0),
    Handle.B_END: ("b", 1.0),
    Handle.B_START: ("b", -1.0),
}


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse in one plane with x to the right and y down; the variable's name says the unit.

    The origin is the centre of the top-left pixel when the unit is pixels. ``angle`` is that of
    ``semi_axis_a`` from the x axis towards the y axis, in radians. Neither semi-axis need be the
    longer one, so that a handle keeps its name while it is dragged past the other.

    Raises:
        ValueError: a number is not finite, or a semi-axis is not positive.
    """

    center_x: float
    center_y: float
    semi_axis_a: float
    semi_axis_b: float
    angle: float

    def __post_init__(self) -> None:
        numbers = (self.center_x, self.center_y, self.semi_axis_a, self.semi_axis_b, self.angle)
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError(f"not a finite ellipse: {self}")
        if self.semi_axis_a <= 0 or self.semi_axis_b <= 0:
            raise ValueError(f"semi-axes must be positive: {self}")

    @classmethod
    def in_box(cls, corner: Point, opposite_corner: Point) -> "Ellipse":
        """Return the upright ellipse that touches the four sides of a box."""
        (x0, y0), (x1, y1) = corner, opposite_corner
        return cls(
            center_x=(x0 + x1) / 2,
            center_y=(y0 + y1) / 2,
            semi_axis_a=max(abs(x1 - x0) / 2, MINIMUM_SEMI_AXIS),
            semi_axis_b=max(abs(y1 - y0) / 2, MINIMUM_SEMI_AXIS),
            angle=0.0,
        )

    @property
    def center(self) -> Point:
        return (self.center_x, self.center_y)

    @property
    def semi_major(self) -> float:
        return max(self.semi_axis_a, self.semi_axis_b)

    @property
    def semi_minor(self) -> float:
        return min(self.semi_axis_a, self.semi_axis_b)

    @property
    def perimeter(self) -> float:
        """The exact perimeter, by the arithmetic-geometric mean.

        Gauss's scheme for the complete elliptic integral of the second kind (Abramowitz and
        Stegun 17.6): it doubles the number of right digits at each step.
        """
        larger, smaller = self.semi_major, self.semi_minor
        mean, geometric = larger, smaller
        deficit = (larger - smaller) * (larger + smaller) / 2
        weight = 1.0
        while mean - geometric > 1e-14 * mean:
            difference = (mean - geometric) / 2
            mean, geometric = (mean + geometric) / 2, math.sqrt(mean * geometric)
            deficit += weight * difference * difference
            weight *= 2
        return 2 * math.pi * (larger * larger - deficit) / mean

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The smallest upright box round the ellipse: left, top, right, bottom."""
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        half_width = math.hypot(self.semi_axis_a * cosine, self.semi_axis_b * sine)
        half_height = math.hypot(self.semi_axis_a * sine, self.semi_axis_b * cosine)
        return (
            self.center_x - half_width,
            self.center_y - half_height,
            self.center_x + half_width,
            self.center_y + half_height,
        )

    def canonical(self) -> "Ellipse":
        """Return the same curve with ``semi_axis_a`` the longer one and the angle in [0, pi)."""
        angle = self.angle
        if self.semi_axis_a < self.semi_axis_b:
            angle += math.pi / 2
        return Ellipse(
            self.center_x, self.center_y, self.semi_major, self.semi_minor, _half_turn(angle)
        )

    def scaled(self, x_factor: float, y_factor: float) -> "Ellipse":
        """Return the image of this ellipse when each axis of the plane is stretched on its own.

        Unequal factors turn the axes as well as stretching them, so scaling the semi-axes
        separately would be wrong: the singular values of the stretched axes are the new ones.
        """
        if x_factor == y_factor:
            return Ellipse(
                self.center_x * x_factor,
                self.center_y * y_factor,
                self.semi_axis_a * x_factor,
                self.semi_axis_b * x_factor,
                self.angle,
            )
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        axes = np.array(
            [
                [self.semi_axis_a * cosine * x_factor, -self.semi_axis_b * sine * x_factor],
                [self.semi_axis_a * sine * y_factor, self.semi_axis_b * cosine * y_factor],
            ]
        )
        directions, lengths, _ = np.linalg.svd(axes)
        return Ellipse(
            self.center_x * x_factor,
            self.center_y * y_factor,
            float(lengths[0]),
            float(lengths[1]),
            _half_turn(math.atan2(directions[1, 0], directions[0, 0])),
        )

    def moved(self, dx: float, dy: float) -> "Ellipse":
        return replace(self, center_x=self.center_x + dx, center_y=self.center_y + dy)

    def turned(self, angle: float) -> "Ellipse":
        """Return the ellipse after the plane was turned about its origin, from x towards y."""
        cosine, sine = math.cos(angle), math.sin(angle)
        return replace(
            self,
            center_x=cosine * self.center_x - sine * self.center_y,
            center_y=sine * self.center_x + cosine * self.center_y,
            angle=self.angle + angle,
        )

    def grown(self, radius: float) -> "Ellipse":
        """Return the ellipse with both semi-axes longer by ``radius``, never below the minimum."""
        return replace(
            self,
            semi_axis_a=max(self.semi_axis_a + radius, MINIMUM_SEMI_AXIS),
            semi_axis_b=max(self.semi_axis_b + radius, MINIMUM_SEMI_AXIS),
        )

    def between(self, other: "Ellipse", share: float) -> "Ellipse":
        """Return the ellipse that lies a share of the way to another one, canonical.

        Centres and the matrices of second moments are mixed: that needs no axis to be the longer
        one, and commutes with every stretching of the plane.
        """
        center_x, center_y = (
            (1 - share) * here + share * there
            for here, there in zip(self.center, other.center, strict=True)
        )
        moments = (1 - share) * _moments(self) + share * _moments(other)
        (minor, major), axes = np.linalg.eigh(moments)
        angle = math.atan2(axes[1, 1], axes[0, 1])
        return Ellipse(center_x, center_y, math.sqrt(major), math.sqrt(minor), _half_turn(angle))

    def points(self, count: int = 360) -> NDArray[np.float64]:
        """Return ``count`` points on the curve, shape (count, 2), x before y."""
        turn = np.linspace(0, 2 * math.pi, count, endpoint=False)
        along, across = self.semi_axis_a * np.cos(turn), self.semi_axis_b * np.sin(turn)
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return np.stack(
            [
                self.center_x + cosine * along - sine * across,
                self.center_y + sine * along + cosine * across,
            ],
            axis=1,
        )

    def shares_of_axes(self, x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return how far points lie out along either semi-axis, as shares of it.

        Both have the shape and type of ``x`` and ``y``; their hypotenuse is 1 on the curve.
        """
        dx, dy = x - self.center_x, y - self.center_y
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return (
            (cosine * dx + sine * dy) / self.semi_axis_a,
            (cosine * dy - sine * dx) / self.semi_axis_b,
        )

    def covers(self, x: NDArray[Any], y: NDArray[Any], *, share: float = 1.0) -> NDArray[np.bool_]:
        """Return which points lie inside the curve, or inside one with ``share`` of its axes.

        Points of a grid may be given as rows and columns that broadcast.
        """
        along, across = self.shares_of_axes(x, y)
        covered: NDArray[np.bool_] = along * along + across * across <= share * share
        return covered

    def handle_position(self, handle: Handle, *, rotation_arm: float = 0.0) -> Point:
        """Return where a handle sits; the rotation handle stands ``rotation_arm`` off the rim."""
        if handle is Handle.CENTER:
            return self.center
        if handle is Handle.ROTATION:
            return self._from_center(self.semi_axis_a + rotation_arm, 0.0)
        axis, side = _AXIS_HANDLES[handle]
        if axis == "a":
            return self._from_center(side * self.semi_axis_a, 0.0)
        return self._from_center(0.0, side * self.semi_axis_b)

    def dragged(self, handle: Handle, to: Point, *, symmetric: bool = False) -> "Ellipse":
        """Return the ellipse after its handle has been dragged to a point.

        An axis handle moves along its own axis only, the opposite end staying where it is; with
        ``symmetric`` the centre stays instead. The rotation handle turns about the centre.
        """
        if handle is Handle.CENTER:
            return replace(self, center_x=to[0], center_y=to[1])
        if handle is Handle.ROTATION:
            return replace(self, angle=math.atan2(to[1] - self.center_y, to[0] - self.center_x))
        axis, side = _AXIS_HANDLES[handle]
        along, across = self._to_axes(to)
        reach = side * (along if axis == "a" else across)
        semi_axis = self.semi_axis_a if axis == "a" else self.semi_axis_b
        length = max(reach if symmetric else (reach + semi_axis) / 2, MINIMUM_SEMI_AXIS)
        shift = 0.0 if symmetric else side * (length - semi_axis)
        if axis == "a":
            x, y = self._from_center(shift, 0.0)
            return replace(self, center_x=x, center_y=y, semi_axis_a=length)
        x, y = self._from_center(0.0, shift)
        return replace(self, center_x=x, center_y=y, semi_axis_b=length)

    def hit_test(self, point: Point, *, radius: float, rotation_arm: float) -> Handle | None:
        """Return the handle within ``radius`` of a point, the nearest first, or None."""
        distances = {
            handle: math.dist(point, self.handle_position(handle, rotation_arm=rotation_arm))
            for handle in Handle
        }
        nearest = min(distances, key=distances.__getitem__)
        return nearest if distances[nearest] <= radius else None

    def is_on_rim(self, point: Point, *, tolerance: float) -> bool:
        """Return whether a point lies within about ``tolerance`` of the curve."""
        along, across = self._to_axes(point)
        level = math.hypot(along / self.semi_axis_a, across / self.semi_axis_b)
        # First-order distance to the curve: the level's excess over its slope.
        slope = math.hypot(along / self.semi_axis_a**2, across / self.semi_axis_b**2)
        if slope == 0.0 or level == 0.0:
            return False
        return abs(level - 1) * level / slope <= tolerance

    def contains(self, point: Point) -> bool:
        along, across = self._to_axes(point)
        return math.hypot(along / self.semi_axis_a, across / self.semi_axis_b) <= 1

    def _from_center(self, along: float, across: float) -> Point:
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return (
            self.center_x + cosine * along - sine * across,
            self.center_y + sine * along + cosine * across,
        )

    def _to_axes(self, point: Point) -> Point:
        dx, dy = point[0] - self.center_x, point[1] - self.center_y
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return (cosine * dx + sine * dy, -sine * dx + cosine * dy)


def _half_turn(angle: float) -> float:
    """Return the angle of an undirected axis in [0, pi)."""
    folded = angle % math.pi
    return 0.0 if folded >= math.pi else folded


def _moments(ellipse: Ellipse) -> NDArray[np.float64]:
    """Return the matrix of second moments, but for a factor."""
    cosine, sine = math.cos(ellipse.angle), math.sin(ellipse.angle)
    axes = np.array([[cosine, -sine], [sine, cosine]])
    lengths = np.array([ellipse.semi_axis_a, ellipse.semi_axis_b])
    moments: NDArray[np.float64] = (axes * lengths**2) @ axes.T
    return moments
