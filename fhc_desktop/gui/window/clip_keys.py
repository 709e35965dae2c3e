"""What can be done with the frames of a clip: step, play, measure all of them."""

from fhc_desktop.gui.examination.availability import (
    can_measure_frames,
    has_clip,
    has_frame_after,
    has_frame_before,
)
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope

CLIP_KEYS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "previous_frame",
        "&Previous frame",
        (",",),
        lambda w: w.frame_bar.step(-1),
        has_frame_before,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "next_frame",
        "&Next frame",
        (".",),
        lambda w: w.frame_bar.step(1),
        has_frame_after,
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "first_frame",
        "&First frame",
        ("Home",),
        lambda w: w.clip.go_to_first(),
        has_frame_before,
        "first",
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "last_frame",
        "&Last frame",
        ("End",),
        lambda w: w.clip.go_to_last(),
        has_frame_after,
        "last",
        scope=Scope.IMAGE,
    ),
    ActionSpec(
        "play",
        "Pla&y or stop",
        ("Space",),
        lambda w: w.clip.play_or_stop(),
        has_clip,
        "play",
        "Play the clip at the rate of its file",
        Scope.IMAGE,
    ),
    ActionSpec(
        "loop",
        "Play a&gain and again",
        ("L",),
        lambda w: w.clip.switch_loop(),
        has_clip,
        "loop",
        "Begin again after the last frame",
        Scope.IMAGE,
        is_switch=True,
    ),
    ActionSpec(
        "measure_frames",
        "&Measure all frames",
        ("Ctrl+M",),
        lambda w: w.clip.measuring.start_or_stop(),
        can_measure_frames,
        hint="Propose an outline in every frame, in the background; nothing is logged",
    ),
)
