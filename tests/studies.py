"""Reader studies made of drawn heads."""

from datetime import UTC, datetime
from pathlib import Path

from fhc_desktop.domain.reader_study.reader_study import Plan
from fhc_desktop.storage.reader_study.study_folder import StudyFolder, open_study
from fhc_desktop.workflow.making_study import make_study
from fhc_desktop.workflow.reading_study import ReadingDesk
from tests.fakes import FakeSegmenter
from tests.heads import (
    SMALL_MM_PER_PIXEL,
    SMALL_OUTLINE_PX,
    Phantom,
    small_phantom,
    write_pixel_size_table,
    write_png,
)
from tests.reading import READERS

MADE_AT = datetime(2026, 5, 20, 8, tzinfo=UTC)
PLAN = Plan(("A", "B"), repeats=0.5, seed=1)


def drawn_heads(folder: Path, count: int) -> list[Path]:
    """Write pictures that differ, with a table of their scale, under a name that tells whose."""
    folder.mkdir(parents=True, exist_ok=True)
    gray = small_phantom().gray
    paths = []
    for number in range(1, count + 1):
        marked = gray.copy()
        marked[-1, number] = 255
        paths.append(write_png(Phantom(marked), folder / f"Miller_Anna_{number}.png"))
    write_pixel_size_table(folder, {path.name: SMALL_MM_PER_PIXEL for path in paths})
    return paths


def made_study(place: Path, plan: Plan = PLAN, count: int = 4) -> StudyFolder:
    paths = drawn_heads(place / "heads", count)
    make_study(paths, place / "study", place / "key.csv", plan, READERS, now=MADE_AT)
    return open_study(place / "study")


def desk_of(folder: StudyFolder, reader: str = "A", now=lambda: MADE_AT, proposer=None):
    return ReadingDesk(folder, reader, proposer or FakeSegmenter(SMALL_OUTLINE_PX), READERS, now)
