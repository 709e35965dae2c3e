"""What the window says of a mean: number, spread, and the parts that it is reckoned from."""

from dataclasses import dataclass

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc


@dataclass(frozen=True, slots=True)
class MeanContent:
    """``words`` are empty where there is no mean; ``is_part``: the image on the screen is in it."""

    words: str = ""
    is_part: bool = False

    @classmethod
    def of(cls, exam: Examination | None, mean: MeanHc | None) -> "MeanContent":
        if exam is None or mean is None:
            return cls()
        is_part = exam.acceptance is not None and mean.has(exam.acceptance.entry_id)
        if len(mean.parts) == 1:
            words = f"1 in the mean: {mean.parts_text}. Accept another picture and take it in."
        else:
            words = f"Mean of {len(mean.parts)}: HC {mean.text}  ·  {mean.parts_text}"
        if is_part:
            return cls(words, is_part=True)
        return cls(f"{words}  ·  without this picture")
