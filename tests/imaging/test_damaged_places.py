"""No damage to an archive or a disc's directory may do more than cost what it tells."""

import random
import shutil
from contextlib import suppress

import pytest

from fhc_desktop.domain.catalogue import ImageHeader
from fhc_desktop.imaging.catalogue import list_images
from fhc_desktop.imaging.unreadable import UnreadableImage
from tests.imaging.archives import picture, zipped
from tests.imaging.discs import burnt
from tests.imaging.test_damaged_files import mutant
from tests.reading import READERS, load_image

MUTANTS, MUTANTS_OF_THE_LONG_FORM = 60, 1500
HEADER, ENTRY, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# Where lengths, names, flags, packings and sizes stand, counted from each of these marks.
REACH = {HEADER: 46, ENTRY: 62, END: 22}


@pytest.fixture(scope="module")
def disc(tmp_path_factory):
    return burnt(tmp_path_factory.mktemp("disc") / "cd", 3)


def damaged_archive(whole, chance):
    """Damage an archive anywhere, or where what is said of a member stands."""
    if chance.random() < 0.3:
        return mutant(whole, chance)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        mark = chance.choice([*REACH])
        places = [at for at in range(len(data)) if data.startswith(mark, at)]
        if not places:
            break
        at = min(chance.choice(places) + chance.randrange(REACH[mark]), len(data) - 1)
        data[at] = chance.choice([0, 1, 0x2E, 0x2F, 0x3A, 0x5C, 0x7F, 0xFF, chance.randrange(256)])
    return bytes(data)


def damaged_directory(whole, chance):
    """Damage a DICOMDIR anywhere, or put something hostile in the place of a name or a link."""
    data = bytearray(mutant(whole, chance) if chance.random() < 0.4 else whole)
    for _ in range(chance.randint(0, 4)):
        word = chance.choice(
            [b"PT000000", b"ST000000", b"SE000000", b"IM00000", b"IMAGE ", b"\0UL\4"]
        )
        places = [at for at in range(len(data)) if data.startswith(word, at)]
        if not places:
            continue
        at = chance.choice(places) + (len(word) if word.endswith(b"\4") else 0)
        put = chance.choice(
            [b"../../..", b"/etc\\pas", b"\0\0\0\0", b"\xff\xff\xff\xff", b"C:\\D", b"."]
        )
        data[at : at + len(put)] = put
    return bytes(data)


def told(path):
    """List a place and open the first image in it; return what is listed, or a refusal's words."""
    try:
        items = list_images(path, sandbox=READERS.catalogues)
    except UnreadableImage as refusal:
        return [refusal.problem]
    for item in items:
        assert "\n" not in getattr(item, "problem", "")
        assert item.path.is_relative_to(path)
    with suppress(UnreadableImage):
        load_image(items[0].path)
    return items


def archives_are_told(folder, disc, count):
    chance = random.Random(21)
    files = [path for path in sorted(disc.rglob("*")) if path.is_file()]
    members = [(path.relative_to(disc).as_posix(), path.read_bytes()) for path in files[:2]]
    small = [("a.png", picture()), ("folder/b.png", picture()), ("sizes.csv", b"filename\n")]
    wholes = [zipped(folder / "whole.zip", chosen).read_bytes() for chosen in (small, members)]
    path = folder / "mutant.zip"
    for _ in range(count):
        path.write_bytes(damaged_archive(chance.choice(wholes), chance))
        assert told(path)


def directories_are_told(folder, disc, count):
    chance = random.Random(22)
    copy = shutil.copytree(disc, folder / "cd")
    whole = (copy / "DICOMDIR").read_bytes()
    images = set(copy.rglob("IM*"))
    for _ in range(count):
        (copy / "DICOMDIR").write_bytes(damaged_directory(whole, chance))
        assert images <= {item.path for item in told(copy) if isinstance(item, ImageHeader)}


def test_that_a_damaged_archive_is_a_list_or_a_sentence(tmp_path, disc):
    archives_are_told(tmp_path, disc, MUTANTS)


def test_that_a_damaged_dicomdir_hides_nothing_and_leads_nowhere(tmp_path, disc):
    directories_are_told(tmp_path, disc, MUTANTS)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_fifteen_hundred_damaged_archives_are_lists_or_sentences(tmp_path, disc):
    archives_are_told(tmp_path, disc, MUTANTS_OF_THE_LONG_FORM)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_fifteen_hundred_damaged_dicomdirs_hide_nothing(tmp_path, disc):
    directories_are_told(tmp_path, disc, MUTANTS_OF_THE_LONG_FORM)
