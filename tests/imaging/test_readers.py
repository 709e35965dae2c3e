"""A program's readers start what there is work for, and leave nothing behind."""

from fhc_desktop.imaging.catalogue import read_catalogue
from fhc_desktop.imaging.readers import Readers
from tests.heads import small_phantom, write_png


def test_that_only_what_there_is_work_for_is_started_and_closing_ends_it(tmp_path):
    write_png(small_phantom(), tmp_path / "head.png")

    with Readers() as readers:
        assert readers.catalogues.process_id is None
        read_catalogue(tmp_path, sandbox=readers.catalogues)
        assert readers.catalogues.process_id is not None
        assert readers.copies.process_id is None

    assert readers.catalogues.process_id is None


def test_that_readers_that_were_closed_can_read_again(tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    with Readers() as readers:
        first = readers.images.load(path)
        readers.close()
        again = readers.images.load(path)

    assert (first.image.gray == again.image.gray).all()
