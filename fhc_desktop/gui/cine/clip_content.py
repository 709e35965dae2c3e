"""What stands under the picture of a clip: its strip of frames and what they agree on, in words."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.consensus import FEWEST_FRAMES, Consensus, consensus
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.examination.clip_state import ClipState

_NOT_MEASURED = "Frames not measured"


@dataclass(frozen=True, slots=True)
class ClipContent:
    """``frame_count`` is 0 where no clip is shown; ``shown`` is the frame on the screen.

    ``words`` are two lines: what runs or what the frames agree on, and how far to trust it.
    """

    frame_count: int = 0
    shown: int = 0
    readings: tuple[FrameReading, ...] = ()
    agreed: Consensus | None = None
    words: tuple[str, str] = ("", "")
    measured: tuple[int, int] | None = None
    rate: str = ""
    is_playing: bool = False
    loops: bool = True

    @classmethod
    def of(cls, source: ImageSource, times: FrameTimes, state: ClipState) -> "ClipContent":
        """Return what is shown of a file with several frames; nothing for a still."""
        if source.frame_count < 2:  # noqa: PLR2004 - a still has one
            return cls()
        agreed = consensus(state.readings)
        here = next((one for one in state.readings if one.frame == source.frame), None)
        return cls(
            frame_count=source.frame_count,
            shown=source.frame,
            readings=state.readings,
            agreed=agreed,
            words=_words(state, agreed, here, source.frame_count),
            measured=state.measured,
            rate=times.words,
            is_playing=state.playing is not None,
            loops=state.loops,
        )


def _words(
    state: ClipState, agreed: Consensus | None, here: FrameReading | None, frame_count: int
) -> tuple[str, str]:
    if agreed is not None:
        first = f"Consensus {agreed.hc_mm:.1f} mm from {len(agreed.frames)} of {frame_count} frames"
        return _with_progress(state, first), _trust(agreed, here)
    if state.measured is not None:
        return _with_progress(state, ""), ""
    read = [one for one in state.readings if one.hc_px is not None]
    if not read:
        return _NOT_MEASURED, ""
    in_mm = [one for one in read if one.hc_mm is not None]
    if not in_mm:
        return f"{len(read)} of {frame_count} frames, in pixels", "no calibration, no consensus"
    return (
        f"{len(in_mm)} of {frame_count} frames measured",
        f"consensus from {FEWEST_FRAMES} frames on",
    )


def _with_progress(state: ClipState, first: str) -> str:
    if state.measured is None:
        return first
    done, of_all = state.measured
    progress = f"Measuring {done} of {of_all}"
    return f"{progress}: {first[0].lower()}{first[1:]}" if first else f"{progress} …"


def _trust(agreed: Consensus, here: FrameReading | None) -> str:
    """Return interval and spread, and how the frame on the screen stands to it."""
    parts = []
    if agreed.interval_mm is not None:
        interval = agreed.interval_mm
        parts.append(f"{interval.coverage_text}: {interval.text} mm")
    parts.append(f"spread {agreed.spread_mm:.1f} mm")
    if here is not None and here.hc_mm is not None:
        apart = round(100 * (here.hc_mm / agreed.hc_mm - 1), 1) + 0.0  # never −0.0
        parts.append(f"this frame {apart:+.1f} %".replace("-", "−"))
    return " · ".join(parts)
