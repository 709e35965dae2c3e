"""Which study a report belongs to, and which picture it speaks of."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.uid import UID

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.coded_study import coded_name, uid_of
from tests.reporting.dicom.objects import coded, in_its_study
from tests.reporting.examinations import edited, image, proposed


def test_that_an_image_of_a_study_is_referred_to_there():
    found = coded(in_its_study())

    assert found.study.uid == "1.2.3"
    assert (found.study.time, found.study.accession_number) == ("093015", "A-1")
    assert found.image.instance_uid == "1.2.3.4.5"
    assert found.image.frame == 3
    assert found.patient.coded_name == "Example^Ada^^Dr"
    assert found.study.own_reason == ""


def test_that_a_picture_alone_has_one_frame_and_needs_no_number():
    single = replace(image().source, frame=1, frame_count=1)

    assert coded(in_its_study(replace(proposed(), image=image(source=single)))).image.frame is None


def test_that_a_file_without_a_study_has_one_of_its_own_and_says_so():
    found = coded(proposed())

    assert found.image is None
    assert found.study.uid.startswith("2.25.")
    assert found.study == coded(edited()).study
    assert found.study.own_reason == "The image’s file belongs to no study."


def test_that_another_patients_study_takes_no_report():
    found = coded(in_its_study(patient_id="9999", patient_name="Berta Beta"))

    assert found.study.uid != "1.2.3"
    assert found.study.accession_number == ""
    assert found.study.own_reason == "The image’s file names another patient."
    assert found.patient.birth_date is None
    assert "Berta" not in found.patient.coded_name


def test_that_two_pictures_have_two_studies():
    other = image(source=ImageSource(Path("b.png"), "cd34" * 16))

    assert coded(proposed()).study.uid != coded(replace(proposed(), image=other)).study.uid


@pytest.mark.parametrize("uid", ["", "1.2.a", "1" * 65, ".", "1..2", "1.02", "1.2."])
def test_that_what_is_no_uid_is_referred_to_by_nobody_and_that_is_said(uid):
    found = coded(in_its_study(instance_uid=uid))

    assert found.image is None
    assert "nothing refers to the image" in found.study.unnamed_reason
    assert found.study.uid == "1.2.3"


def test_that_of_a_file_without_uids_nothing_is_said():
    assert coded(in_its_study(instance_uid=None)).study.unnamed_reason == ""


@given(st.text(), st.text())
def test_that_a_uid_belongs_to_its_text(one, other):
    assert (uid_of(one) == uid_of(other)) == (one == other)
    assert UID(uid_of(one)).is_valid


@pytest.mark.parametrize(
    ("shown", "coded"),
    [
        ("Muster, Anna Maria", "Muster^Anna Maria"),
        ("Anna Muster", "Anna Muster^"),
        ("", ""),
        ("A^B=C\\D", "A B C D^"),
        ("محمد, فاطمة", "محمد^فاطمة"),
        ("x" * 80, "x" * 63 + "^"),
    ],
)
def test_that_a_typed_name_becomes_a_dicom_name(shown, coded):
    assert coded_name(shown) == coded


def test_that_a_typed_name_is_not_the_files_name():
    changed = in_its_study(replace(proposed(), patient=Patient("4711", "Ada Married")))

    assert coded(changed).patient.coded_name == "Ada Married^"
