"""What the browser says of patients, studies, series and images; pure, no Qt."""

from fhc_desktop.domain.catalogue import (
    Catalogue,
    ImageHeader,
    ListedPatient,
    ListedSeries,
    ListedStudy,
)

_SEPARATOR = "  ·  "


def title(catalogue: Catalogue) -> str:
    parts = [
        catalogue.source.name or str(catalogue.source),
        counted(len(catalogue.images), "image"),
    ]
    if catalogue.reports:
        parts.append(counted(len(catalogue.reports), "report"))
    if catalogue.unlisted:
        parts.append(f"{counted(len(catalogue.unlisted), 'file')} not opened")
    return _SEPARATOR.join(parts)


def patient_words(patient: ListedPatient) -> tuple[str, str]:
    first = patient.first
    if not patient.is_named:
        return "No patient named", ""
    if not first.patient_name:
        return first.patient_id, "patient without a name"
    return first.patient_name, first.patient_id


def study_words(study: ListedStudy) -> tuple[str, str]:
    first = study.first
    day = "study without a date" if first.study_date is None else first.study_date.isoformat()
    return (day if first.study_uid else "No study"), first.study_description


def series_words(series: ListedSeries) -> tuple[str, str]:
    first = series.first
    images = counted(len(series.images), "report" if first.is_report else "image")
    if series.is_folder:
        return first.path.parent.name, images
    number = "" if first.series_number is None else f"series {first.series_number}"
    parts = [first.modality, number or "series", first.series_description]
    return "  ".join(part for part in parts if part), images


def image_words(image: ImageHeader) -> tuple[str, str]:
    """Return what it is called, and its size and frames as far as they are known."""
    if image.is_report:
        return "Structured Report", image.path.name
    number = image.instance_number
    name = image.path.name if number is None else f"Image {number}"
    parts = []
    if image.rows and image.columns:
        parts.append(f"{image.columns} × {image.rows}")
    if image.frame_count is not None and image.frame_count > 1:
        parts.append(f"{image.frame_count} frames")
    if number is not None:
        parts.append(image.path.name)
    return name, _SEPARATOR.join(parts)


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
