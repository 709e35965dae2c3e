from dataclasses import replace
from pathlib import Path

import pytest

from fhc_desktop.domain.growth.local_chart import UnusableChart
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.storage.preferences.settings import Settings, load_settings, save_settings
from fhc_desktop.storage.preferences.standards import load_standards
from tests.local_charts import OURS_TOML


@pytest.fixture
def chart(tmp_path):
    path = tmp_path / "our_heads.toml"
    path.write_text(OURS_TOML)
    return path


def test_that_without_settings_the_published_standards_are_there_and_none_by_group():
    loaded = load_standards(Settings())

    assert loaded.choice.default is INTERGROWTH_21ST
    assert loaded.choice.opted_in == frozenset()
    assert (loaded.files, loaded.notices) == ((), ())


def test_that_standard_groups_and_charts_come_back_from_the_settings(tmp_path, chart):
    file = tmp_path / "settings.json"
    save_settings(
        Settings(
            standard_key="local_our_heads",
            nichd_groups=("nichd2015_hispanic",),
            local_charts=(str(chart),),
        ),
        file,
    )

    choice = load_standards(load_settings(file).settings).choice
    assert choice.default.name == "Our heads (local chart)"
    assert choice.opted_in == {"nichd2015_hispanic"}
    assert choice.local == (choice.default,)


def test_that_a_chart_that_is_gone_is_told_by_name_and_the_rest_goes_on(chart):
    gone = chart.with_name("gone.toml")
    settings = Settings(standard_key="who2017", local_charts=(str(gone), str(chart)))

    loaded = load_standards(settings)
    (said,) = loaded.notices
    assert said.startswith("The local chart gone.toml is not in use: gone.toml cannot be read")
    assert [standard.key for standard in loaded.choice.local] == ["local_our_heads"]
    assert loaded.choice.default is WHO_2017
    # It stays in the settings: its disk may only be away today.
    assert [file.path for file in loaded.files] == [gone, chart]


def test_that_a_broken_chart_that_was_the_default_is_never_replaced_silently(chart):
    chart.write_text(OURS_TOML.replace("160.1", "60.1"))
    settings = Settings(standard_key="local_our_heads", local_charts=(str(chart),))

    loaded = load_standards(settings)
    broken, replaced = loaded.notices
    assert "our_heads.toml" in broken
    assert replaced == (
        "The growth standard our_heads (local chart) is not there: "
        "INTERGROWTH-21st 2014 is in force."
    )
    assert loaded.choice.default is INTERGROWTH_21ST


def test_that_two_charts_of_one_name_are_not_both_in_use(chart):
    twin = chart.with_name("twin.toml")
    twin.write_text(OURS_TOML)

    loaded = load_standards(Settings(local_charts=(str(chart), str(twin))))
    assert len(loaded.choice.local) == 1
    assert isinstance(loaded.files[1].chart, UnusableChart)
    assert "“Our heads” is in use already" in loaded.notices[0]


@pytest.mark.parametrize("path", ["", ".", "nul\x00", "\udcff.toml"])
def test_that_a_path_that_is_none_harms_nothing(path):
    loaded = load_standards(replace(Settings(), local_charts=(path,)))

    assert loaded.choice.local == ()
    assert isinstance(loaded.files[0].path, Path)
    assert len(loaded.notices) == 1
