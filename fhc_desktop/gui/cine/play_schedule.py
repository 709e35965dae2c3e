"""Which frame of a clip is shown when it plays, and which ones come next; pure, no Qt."""

from dataclasses import dataclass

from fhc_desktop.domain.image.frame_times import FrameTimes


@dataclass(frozen=True, slots=True)
class PlaySchedule:
    """A clip that plays from ``first`` on, a frame counted from 1; times count from that moment."""

    times: FrameTimes
    frame_count: int
    first: int
    loops: bool

    @property
    def total_ms(self) -> float:
        return self.times.total_ms(self.frame_count)

    def has_ended(self, elapsed_ms: float) -> bool:
        return not self.loops and self._place_ms(elapsed_ms) >= self.total_ms

    def frame_at(self, elapsed_ms: float) -> int:
        """Return the frame that is due; at its end, the last."""
        return self.times.frame_at(self._place_ms(elapsed_ms), self.frame_count)

    def ms_to_next(self, elapsed_ms: float) -> float:
        """Return how long it is until another frame is due, or the end."""
        place_ms = self._place_ms(elapsed_ms)
        frame = self.times.frame_at(place_ms, self.frame_count)
        is_last = frame == self.frame_count
        ends_ms = self.total_ms if is_last else self.times.start_ms(frame + 1)
        return max(0.0, ends_ms - place_ms)

    def coming(self, elapsed_ms: float, *, each_ms: float, count: int) -> tuple[int, ...]:
        """Return the frames to decode next, the first of them first, at ``each_ms`` a frame.

        Whoever decodes more slowly than the clip plays leaves out what would come too late.
        """
        if each_ms <= self.times.mean_ms:
            due = self.frame_at(elapsed_ms)
            following = list(range(due, due + count))
        else:
            moments = [elapsed_ms + each_ms * step for step in range(count + 1)]
            if not self.loops:
                moments = [moment for moment in moments if not self.has_ended(moment)]
            following = [self.frame_at(moment) for moment in moments]
        if not self.loops:
            following = [one for one in following if one <= self.frame_count]
        return tuple(dict.fromkeys((one - 1) % self.frame_count + 1 for one in following))

    def _place_ms(self, elapsed_ms: float) -> float:
        place_ms = self.times.start_ms(self.first) + elapsed_ms
        return place_ms % self.total_ms if self.loops else place_ms
