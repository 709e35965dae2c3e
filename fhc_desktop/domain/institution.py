"""Whose reports they are: what stands at their head."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture by the SHA-256 of its file; ``pixels``, shape (rows, columns, 3), are RGB on white.

    They are no part of what a report carries: one that is made anew has none.
    """

    sha256: str
    pixels: NDArray[np.uint8] | None = field(
        default=None, compare=False, repr=False, metadata={"is_kept": False}
    )


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution as the settings name it; all parts may be empty.

    ``address`` may have several lines.
    """

    name: str = ""
    address: str = ""
    logo: Logo | None = None

    @property
    def is_named(self) -> bool:
        """Whether there is anything to show of it."""
        return bool(self.name or self.address or self.logo)

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in self.address.splitlines())))
