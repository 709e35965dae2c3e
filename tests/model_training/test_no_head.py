import pytest

from model_training.no_head import read_samples

TABLE = """filename,kind,use,source,licence,note
a.png,fetal thorax,teach,somewhere,CC BY 4.0,
b.png,bladder,test,elsewhere,none stated,"a note, with a comma"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "images").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "images" / name).touch()
    (tmp_path / "manifest.csv").write_text(TABLE)
    return tmp_path


def test_that_each_picture_has_its_kind_its_source_and_whether_it_may_teach(folder):
    first, second = read_samples(folder)

    assert (first.kind, first.source, first.licence, first.teaches) == (
        "fetal thorax",
        "somewhere",
        "CC BY 4.0",
        True,
    )
    assert (second.name, second.teaches) == ("b.png", False)


def test_that_a_picture_that_is_not_there_is_named(folder):
    (folder / "images" / "b.png").unlink()

    with pytest.raises(FileNotFoundError, match=r"b\.png"):
        read_samples(folder)


def test_that_the_real_collection_has_as_many_that_teach_as_its_licences_allow(shared):
    samples = read_samples(shared / "no_head")

    assert sum(sample.teaches for sample in samples) == 85
    assert all(sample.licence for sample in samples if sample.teaches)
