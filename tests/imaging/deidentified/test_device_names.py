"""A device is named where its name is everybody's, or where a user vouches for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from fhc_desktop.imaging.deidentified.device_names import (
    MAKER,
    MODEL,
    DeviceNames,
    device_names,
    is_known_name,
)

MAKERS = [
    *("GE MEDICAL SYSTEMS", "G.E. Medical Systems", "GE Healthcare", "GE Vingmed Ultrasound"),
    *("Philips Medical Systems, Inc.", "SIEMENS", "ACUSON", "ATL", "TOSHIBA_MEC_US", "ESAOTE"),
    *("MINDRAY", "Shenzhen Mindray Bio-Medical Electronics Co., Ltd.", "B-K Medical", "Medistim"),
    *("SAMSUNG MEDISON CO., LTD.", "ALOKA CO., LTD.", "FUJIFILM SonoSite", "Agfa-Gevaert AG"),
]
MODELS = [
    *("Voluson S", "VOLUSON E10", "Voluson730 Expert", "LOGIQ 700", "CX50", "EPIQ 5G", "iU22"),
    *("DC-30", "SSD-4000", "ACUSON S2000", "Aplio 500", "WS80A", "VeriQ C", "HD11", "MyLab 70"),
]
PEOPLE = [
    *("Dr. Schmidt", "Schmidt Medical", "GE Schmidt", "Voluson Anna", "Voluson ANN", "CX", "HS Li"),
    *("Praxis", "Medical Systems", "", "DC-19850312", "Voluson S 12 03 85", "EPIQ 850312"),
]


@pytest.mark.parametrize("name", MAKERS)
def test_that_makers_of_scanners_are_known(name):
    assert is_known_name(MAKER, name)


@pytest.mark.parametrize("name", MODELS)
def test_that_models_are_known(name):
    assert is_known_name(MODEL, name)


@pytest.mark.parametrize("name", PEOPLE)
def test_that_people_places_and_days_are_not(name):
    assert not is_known_name(MAKER, name)
    assert not is_known_name(MODEL, name)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=12))
def test_that_no_word_of_three_letters_hides_behind_a_model(word):
    known = is_known_name(MODEL, f"VOLUSON {word}")

    assert known == (word in {"CLASSIC", "ELITE", "EXPERT", "PREMIUM", "PRO", "SWIFT"})


def test_that_what_identifies_is_not_kept_whoever_vouches_for_it():
    dataset = Dataset()
    dataset.Manufacturer, dataset.ManufacturerModelName = "Roe Sono", "Voluson S"

    kept, said = device_names(dataset, frozenset({"Roe Sono"}), lambda name: "Roe" in name)

    assert kept == {MODEL: "Voluson S"}
    assert said == DeviceNames(kept=("Voluson S",), left_out=("Roe Sono",))


def test_that_a_name_longer_than_the_standard_lets_it_be_is_left_out():
    dataset = Dataset()
    dataset.Manufacturer = "GE " * 22

    kept, said = device_names(dataset, frozenset({("GE " * 22).strip()}), lambda _: False)

    assert kept == {}
    assert said.left_out == (("GE " * 22).strip(),)
