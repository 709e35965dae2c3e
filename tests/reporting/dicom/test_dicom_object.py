"""What every object has: patient, study, references, and the same bytes each time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydicom.uid import UID

from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.codes import DAYS
from fhc_desktop.reporting.dicom.dicom_object import NotForDicom
from fhc_desktop.reporting.dicom.secondary_capture import secondary_capture
from tests.reporting.content.coded_texts import coded_numbers, numbers_in, texts_of
from tests.reporting.dicom.objects import (
    EVERY,
    coded,
    in_its_study,
    in_its_study_accepted,
    items,
    opened,
)
from tests.reporting.examinations import (
    NOW,
    edited,
    graded,
    headless,
    proposed,
    small,
    uncalibrated,
)

every = pytest.mark.parametrize("written", EVERY.values(), ids=EVERY)
NAMES = (
    "Müller^Bärbel^Anna^Dr^PhD",
    "قباني^لنزار",
    "Yamada^Tarou=山田^太郎=やまだ^たろう",
    "=山田^花子",
    "Hong^Gildong=洪^吉洞=홍^길동",
    "שרון^דבורה",
)


@every
def test_that_an_object_stands_in_the_study_of_its_image(written):
    dataset = opened(written(in_its_study()))

    assert dataset.StudyInstanceUID == "1.2.3"
    assert dataset.SeriesInstanceUID not in {"1.2.3", "1.2.3.4"}
    assert (dataset.StudyDate, dataset.StudyTime) == ("20261120", "093015")
    assert (dataset.StudyID, dataset.AccessionNumber) == ("S-1", "A-1")
    assert str(dataset.PatientName) == "Example^Ada^^Dr"
    assert (dataset.PatientID, dataset.PatientBirthDate) == ("4711", "19960504")


def test_that_each_kind_of_object_has_a_series_of_its_own():
    series = [opened(written(in_its_study())).SeriesInstanceUID for written in EVERY.values()]

    assert len(set(series)) == len(EVERY)


@every
def test_that_objects_of_one_study_and_kind_share_their_series(written):
    one, other = (opened(written(exam)) for exam in (in_its_study(), in_its_study_accepted()))

    assert one.SeriesInstanceUID == other.SeriesInstanceUID
    assert one.SOPInstanceUID != other.SOPInstanceUID


@every
def test_that_the_same_report_gives_the_same_bytes(written):
    assert written(in_its_study()) == written(in_its_study())


@every
def test_that_every_uid_is_one(written):
    def check(_, element):
        if element.VR == "UI":
            assert UID(str(element.value)).is_valid

    opened(written(in_its_study())).walk(check)


@every
def test_that_whatever_speaks_of_the_image_refers_to_it_and_its_frame(written):
    found = []

    def collect(dataset, element):
        if element.keyword == "ReferencedSOPInstanceUID":
            found.append((element.value, dataset.get("ReferencedFrameNumber")))

    opened(written(in_its_study())).walk(collect)

    assert found
    assert {uid for uid, _ in found} == {"1.2.3.4.5"}
    assert {frame for _, frame in found} <= {3, None}


@every
@pytest.mark.parametrize("name", NAMES)
def test_that_a_name_keeps_its_letters_and_parts(written, name):
    exam = in_its_study(coded_name=name, patient_name="as shown")
    exam = replace(exam, patient=Patient("4711", "as shown"))

    dataset = opened(written(exam))

    assert dataset.SpecificCharacterSet == "ISO_IR 192"
    assert str(dataset.PatientName) == name


@every
def test_that_an_identifier_that_has_no_room_is_not_cut(written):
    exam = replace(in_its_study(patient_id=None), patient=Patient("1" * 65, "Ada Example"))

    with pytest.raises(NotForDicom, match="identifier"):
        written(exam)


@every
def test_that_another_patients_study_takes_no_object(written):
    dataset = opened(written(in_its_study(patient_id="9999", patient_name="Berta Beta")))

    assert dataset.StudyInstanceUID != "1.2.3"
    assert dataset.PatientID == "4711"
    assert "Berta" not in str(dataset.PatientName)


@pytest.mark.parametrize(
    "kind", ["structured report", "measurement report", "encapsulated PDF", "secondary capture"]
)
def test_that_a_picture_that_is_no_dicom_has_a_study_of_its_own(kind):
    dataset = opened(EVERY[kind](graded()))

    assert dataset.StudyInstanceUID.startswith("2.25.")
    assert "1.2.3" not in str(dataset)


def test_that_nothing_of_a_nameless_examination_names_anybody():
    exam = replace(proposed(), patient=Patient())

    for kind in ("structured report", "measurement report", "secondary capture"):
        dataset = opened(EVERY[kind](exam))
        assert (str(dataset.PatientName), dataset.PatientID) == ("", "")


@pytest.mark.parametrize("kind", ["structured report", "measurement report"])
@pytest.mark.parametrize("made", [in_its_study, in_its_study_accepted])
@pytest.mark.parametrize("examined", [edited, graded, headless, small, uncalibrated])
def test_that_no_tree_says_what_the_report_does_not(kind, made, examined):
    exam = made(examined()) if examined is not headless else in_its_study(headless())
    if kind == "measurement report" and exam.measurement is None:
        pytest.skip("there is no such object")
    told = coded(exam)
    said = texts_of(told.report)
    held = numbers_in(said) | {float(one.value) for one in coded_numbers(told) if one.unit == DAYS}

    for item in items(opened(EVERY[kind](exam))):
        for measured in item.get("MeasuredValueSequence") or []:
            # Outline and scale with all their digits are held by the round trip.
            is_exact = "FloatingPointValue" in measured
            assert is_exact or float(measured.NumericValue) in held
        for words in words_of(item):
            assert all(part in said for part in parts_of(words)), words


def test_that_no_layer_and_no_document_says_what_the_report_does_not():
    exam = in_its_study_accepted(graded())
    said = texts_of(coded(exam).report)
    layer = opened(EVERY["presentation state"](exam))
    (words,) = layer.GraphicAnnotationSequence[0].TextObjectSequence

    assert all(part in said for part in parts_of(words.UnformattedTextValue))
    assert layer.ContentDescription in said
    assert opened(EVERY["encapsulated PDF"](exam)).DocumentTitle in said


def words_of(item):
    """Give what an item tells of the examination in words: texts, days and codes of ours."""
    if item.get("RelationshipType") == "CONTAINS":
        if "TextValue" in item:
            yield item.TextValue
        if "Date" in item:
            yield f"{item.Date[:4]}-{item.Date[4:6]}-{item.Date[6:]}"
        for code in item.get("ConceptCodeSequence") or []:
            if code.CodingSchemeDesignator == "99FHC":
                yield code.CodeMeaning


def parts_of(words):
    """Return a printed statement without what joins its parts."""
    for sign in (": ", " (", ")"):
        words = words.replace(sign, "\n")
    return [part.strip().replace("−", "-") for part in words.split("\n")]


@every
def test_that_days_and_times_are_the_reports_own(written):
    made = NOW.astimezone()
    dataset = opened(written(in_its_study()))
    days = {dataset.get("ContentDate"), dataset.get("PresentationCreationDate")} - {None}
    times = {dataset.get("ContentTime"), dataset.get("PresentationCreationTime")} - {None}

    assert days == {f"{made:%Y%m%d}"}
    assert times == {f"{made:%H%M%S}"}


def test_that_a_report_made_later_is_another_object():
    exam = in_its_study()
    first = opened(secondary_capture(CodedContent.of(exam, NOW)))
    later = opened(secondary_capture(CodedContent.of(exam, NOW + timedelta(seconds=1))))

    assert first.SOPInstanceUID != later.SOPInstanceUID
