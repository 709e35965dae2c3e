"""PreviewView: which page of a report is looked at, and how large."""

from dataclasses import dataclass, replace

_ZOOM_STEP = 1.25
SMALLEST_ZOOM, LARGEST_ZOOM = 0.2, 3.0


@dataclass(frozen=True, slots=True)
class PreviewView:
    """``page`` counts from 0; ``zoom`` is 1 where a page is as large as on paper, None to fit."""

    page_count: int
    page: int = 0
    zoom: float | None = None

    @property
    def words(self) -> str:
        return f"Page {self.page + 1} of {self.page_count}"

    @property
    def has_before(self) -> bool:
        return self.page > 0

    @property
    def has_after(self) -> bool:
        return self.page < self.page_count - 1

    def turned(self, step: int) -> "PreviewView":
        """Return it that many pages further; at either end it stays."""
        return self.at(self.page + step)

    def at(self, page: int) -> "PreviewView":
        return replace(self, page=min(max(page, 0), self.page_count - 1))

    def zoomed(self, steps: int, *, fitting: float) -> "PreviewView":
        """Return it larger or smaller by steps; ``fitting`` is the zoom at which a page fits."""
        now = fitting if self.zoom is None else self.zoom
        wanted = now * _ZOOM_STEP**steps
        return replace(self, zoom=min(max(wanted, SMALLEST_ZOOM), LARGEST_ZOOM))

    def fitted(self) -> "PreviewView":
        return replace(self, zoom=None)

    def actual(self) -> "PreviewView":
        """Return it as large as on paper."""
        return replace(self, zoom=1.0)


def zoom_to_fit(page: tuple[float, float], room: tuple[float, float]) -> float:
    """Return the zoom at which all of a page is seen; both are in units of the paper's size."""
    fits = min(room[0] / page[0], room[1] / page[1])
    return min(max(fits, SMALLEST_ZOOM), LARGEST_ZOOM)
