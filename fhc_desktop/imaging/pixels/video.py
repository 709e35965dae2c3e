"""One frame of an MP4, MOV or AVI video becomes pixels (PyAV, which is an optional extra)."""

from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.pixels.grayscale import Pixels, to_gray8, to_rgb8
from fhc_desktop.imaging.unreadable import (
    LARGEST_FRAME_COUNT,
    UnreadableImage,
    check_frame,
    check_size,
    damaged,
    foreign_decoder,
    shown_name,
)

# FFmpeg knows hundreds of forms; what scanners and archives write is among these.
_CONTAINERS = ((b"RIFF", "avi"), (b"", "mov"))
_CODECS = (
    "ffv1",
    "h264",
    "hevc",
    "huffyuv",
    "mjpeg",
    "mpeg1video",
    "mpeg2video",
    "mpeg4",
    "msmpeg4v2",
    "msmpeg4v3",
    "png",
    "rawvideo",
    "wmv1",
    "wmv2",
)
_EXPORT_AS = "Export it as MP4 with H.264, or as DICOM, from the scanner."


def read_video(handle: BinaryIO, path: Path, *, frame: int) -> DecodedPicture:
    """Return a frame, counted from 1 in the order of showing.

    Decoding begins at the key frame before it; no other part of the video is decoded.

    Raises:
        UnreadableImage: PyAV is not installed, or whatever is wrong with the file.
    """
    try:
        import av  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as cause:
        raise UnreadableImage(
            f"{shown_name(path)} is a video, and this installation cannot open videos.",
            "Install the extra “video” (pip install 'fhc-desktop[video]'), or export DICOM or PNG.",
        ) from cause
    with foreign_decoder(path, "video"):
        handle.seek(0)
        head = handle.read(4)
        handle.seek(0)
        form = next(name for magic, name in _CONTAINERS if head.startswith(magic))
        with av.open(handle, mode="r", format=form) as container:
            stream = _stream(container, path)
            times = _times(container, stream)
            if len(times) > LARGEST_FRAME_COUNT:
                raise UnreadableImage(
                    f"{shown_name(path)} has more than {LARGEST_FRAME_COUNT:,} frames.",
                    "Export a shorter video.",
                )
            check_frame(path, frame, len(times))
            shown = _shown(container, stream, times, frame)
            if shown is None:
                raise damaged(path, "video")
            check_size(path, shown.height, shown.width)
            pixels, pixel_aspect = _upright(shown, stream)
            frame_times = _frame_times(times, stream)
    return DecodedPicture(
        gray=to_gray8(pixels),
        color=to_rgb8(pixels),
        frame_count=len(times),
        pixel_aspect=pixel_aspect,
        frame_times=frame_times,
    )


def _stream(container: Any, path: Path) -> Any:
    if not container.streams.video:
        raise UnreadableImage(f"{shown_name(path)} holds no picture, only sound.", _EXPORT_AS)
    stream = container.streams.video[0]
    codec = stream.codec_context
    if codec is None or codec.name not in _CODECS:
        name = "unknown" if codec is None else codec.name
        raise UnreadableImage(
            f"{shown_name(path)} is video of the kind “{name}”, which is not opened.", _EXPORT_AS
        )
    check_size(path, codec.height, codec.width)
    codec.thread_count = 1  # each thread's memory would count
    return stream


def _times(container: Any, stream: Any) -> list[int | None]:
    """Return when each frame is shown, in the order of showing; None where packets do not say."""
    found = [
        packet.pts for packet in container.demux(stream) if packet.size and not packet.is_discard
    ]
    if None in found or len(set(found)) < len(found):
        return [None] * len(found)
    return sorted(found)


def _frame_times(times: list[int | None], stream: Any) -> FrameTimes:
    known = [time for time in times if time is not None]
    if len(known) < len(times) or not stream.time_base:
        return FrameTimes()
    with suppress(ValueError):  # times of no clip are none
        unit_ms = 1000 * float(stream.time_base)
        return FrameTimes.of_starts([unit_ms * time for time in known], "the video")
    return FrameTimes()


def _shown(container: Any, stream: Any, times: list[int | None], frame: int) -> Any:
    wanted = times[frame - 1]
    if wanted is None:
        container.seek(0)
        for number, decoded in enumerate(container.decode(stream), start=1):
            if number == frame:
                return decoded
        return None
    container.seek(wanted, stream=stream, backward=True, any_frame=False)
    for decoded in container.decode(stream):
        if decoded.pts is not None and decoded.pts >= wanted:
            return decoded if decoded.pts == wanted else None
    return None


def _upright(shown: Any, stream: Any) -> tuple[Pixels, float]:
    """Return a frame in RGB, turned as it is meant to be seen, and the aspect of its pixels."""
    ratio = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    # FFmpeg's is width by height, and 0 where nobody says.
    aspect = 1.0 / float(ratio) if ratio else 1.0
    pixels = np.asarray(shown.to_ndarray(format="rgb24"))
    quarters = round(shown.rotation / 90) % 4
    if quarters % 2:
        aspect = 1.0 / aspect
    return np.ascontiguousarray(np.rot90(pixels, quarters)), aspect
