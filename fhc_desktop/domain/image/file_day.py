"""The days that a file can tell of: how people call each, and the DICOM attribute it is in."""

from enum import Enum


class FileDay(Enum):
    """A day in a file; ``field`` is its place in ``StudyInfo``."""

    ACQUISITION = ("acquisition_date", "acquisition date", "AcquisitionDate")
    CONTENT = ("content_date", "content date", "ContentDate")
    SERIES = ("series_date", "series date", "SeriesDate")
    STUDY = ("study_date", "study date", "StudyDate")
    LMP = ("last_menstrual_date", "LMP", "LastMenstrualDate")
    BIRTH = ("birth_date", "birth date", "PatientBirthDate")

    @property
    def field(self) -> str:
        return self.value[0]

    @property
    def keyword(self) -> str:
        """The attribute's keyword in PS3.6."""
        return self.value[2]

    @property
    def words(self) -> str:
        return self._words_of(self.keyword)

    def left_out(self, fault: str, *, keyword: str = "") -> str:
        """Return the sentence for a day that is no use; ``fault`` is a verb with its object.

        ``keyword`` is the attribute that it stands in, where that is not its usual one.
        """
        return f"The {self._words_of(keyword or self.keyword)} {fault} and is left out."

    def _words_of(self, keyword: str) -> str:
        return f"{self.value[1]} in the file ({keyword})"
