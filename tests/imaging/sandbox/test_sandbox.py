"""What a hostile file can do: end its decoder, and nothing else."""

import errno
import gzip
import json
import os
import shutil
import struct
import subprocess
import sys
import threading
import zlib
from io import BytesIO, FileIO
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import DeflatedExplicitVRLittleEndian, RLELossless

from fhc_desktop.domain.pseudonym import PseudonymKey
from fhc_desktop.imaging.deidentified.wish import Wish
from fhc_desktop.imaging.loader import Loader, UnreadableImage
from fhc_desktop.imaging.sandbox.protocol import GREETING
from fhc_desktop.imaging.sandbox.sandbox import Sandbox, decoder_command
from tests.heads import small_phantom, write_dicom, write_png
from tests.reading import READERS, load_image

PHANTOM = small_phantom()
ROOT = Path(__file__).resolve().parents[3]
LARGEST_GROWTH_KB = 300 * 1024


@pytest.fixture
def head(tmp_path):
    return write_png(PHANTOM, tmp_path / "head.png")


@pytest.fixture
def sandbox_of():
    """Sandboxes whose child runs what a test says once it has greeted."""
    opened = []

    def make(lines, *, seconds=10.0):
        greet = f"import os, sys, time\nos.write(1, {GREETING!r})\n"
        opened.append(Sandbox([sys.executable, "-c", greet + lines], seconds=seconds))
        return opened[-1]

    yield make
    for sandbox in opened:
        sandbox.close()


def refusal(path, sandbox):
    with pytest.raises(UnreadableImage) as caught:
        Loader(sandbox).load(path)
    assert caught.value.problem.startswith(path.name)
    assert caught.value.remedy.endswith(".")
    return caught.value.problem


def resident_kb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


@pytest.mark.parametrize(
    "end", ["os.abort()", "sys.exit(0)", "os.kill(os.getpid(), 9)", "os.read(0, 9); os._exit(1)"]
)
def test_that_a_decoder_that_dies_costs_one_file(head, sandbox_of, end):
    assert "ended the decoder" in refusal(head, sandbox_of(end))


def test_that_a_decoder_that_hangs_is_given_up(head, sandbox_of):
    sandbox = sandbox_of("time.sleep(600)", seconds=0.5)

    assert "more than 0.5 seconds" in refusal(head, sandbox)
    assert sandbox.process_id is None


def test_that_a_decoder_is_ended_when_nobody_waits_for_its_picture_any_more(head, sandbox_of):
    sandbox, asked = sandbox_of("time.sleep(600)", seconds=600), []

    def is_wanted():
        asked.append(1)
        return len(asked) < 3

    with pytest.raises(UnreadableImage, match="was given up before it was read"):
        Loader(sandbox).load(head, is_wanted=is_wanted)
    assert sandbox.process_id is None


def test_that_what_is_wanted_to_its_end_keeps_its_decoder(head):
    sandbox = Sandbox()
    Loader(sandbox).load(head, is_wanted=lambda: True)
    first = sandbox.process_id
    Loader(sandbox).load(head)

    assert sandbox.process_id == first
    sandbox.close()


def test_that_a_large_file_is_given_up_while_it_is_digested(head):
    sandbox, answers = Sandbox(), iter([])
    with head.open("ab") as file:
        file.truncate(64 * 2**20)

    with pytest.raises(UnreadableImage, match="was given up"):
        Loader(sandbox).load(head, is_wanted=lambda: next(answers, False))
    sandbox.close()


def test_that_the_child_can_be_there_before_the_first_file(head):
    sandbox = Sandbox()
    sandbox.start()
    Loader(sandbox).load(head)
    first = sandbox.process_id
    sandbox.start()
    Loader(sandbox).load(head)

    assert sandbox.process_id == first
    sandbox.close()


def test_that_a_child_that_cannot_be_started_early_is_told_of_with_the_first_file(head):
    sandbox = Sandbox([str(head)])
    sandbox.start()

    assert "cannot be opened safely" in refusal(head, sandbox)


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\2[]",
        b"\0\0\0\2{}",
        b"\0\0\0\4\x80abc",
        b'\0\0\0\x34{"rows": 999999999, "columns": 9, "has_color": false} ',
        b'\0\0\0\x34{"rows": "16", "columns": 1e3, "has_color": false}   ',
    ],
)
def test_that_nonsense_from_a_decoder_is_not_believed(head, sandbox_of, answer):
    sandbox = sandbox_of(f"os.write(1, {answer!r})\ntime.sleep(600)")

    assert "ended the decoder" in refusal(head, sandbox)


def test_that_the_next_file_has_a_decoder_again(head):
    sandbox = Sandbox()
    Loader(sandbox).load(head)
    first = sandbox.process_id
    os.kill(first, 9)
    # Whether its end is seen before or after the file was sent, one more file must suffice.
    try:
        Loader(sandbox).load(head)
    except UnreadableImage as seen_after:
        assert "ended the decoder" in seen_after.problem  # noqa: PT017

    assert np.array_equal(Loader(sandbox).load(head).image.gray, PHANTOM.gray)
    assert sandbox.process_id != first
    sandbox.close()


def test_that_one_decoder_serves_many_files(head):
    sandbox = Sandbox()
    loader = Loader(sandbox)
    loader.load(head)
    child = sandbox.process_id

    for _ in range(20):
        loader.load(head)

    assert sandbox.process_id == child
    sandbox.close()


def test_that_a_disk_that_gives_out_is_no_fault_of_the_file(head, sandbox_of):
    class Failing(FileIO):
        def read(self, _size=-1):
            raise OSError(errno.EIO, "Input/output error")

    with Failing(head) as handle, pytest.raises(UnreadableImage) as caught:
        sandbox_of("time.sleep(600)").decode(handle, head, "PNG", frame=1)

    assert caught.value.problem == "head.png cannot be opened (Input/output error)."


def test_that_no_copy_is_made_of_another_file_than_was_wished_for(head):
    wish = Wish(PseudonymKey.fresh(), None, "0" * 64, is_looked_at=True)

    with head.open("rb") as handle, pytest.raises(UnreadableImage, match="was written to while"):
        READERS.copies.deidentify(handle, head, "PNG", wish)


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "pass"]])
def test_that_nothing_is_decoded_unprotected_where_no_process_can_start(head, command):
    assert "cannot be opened safely" in refusal(head, Sandbox(command))


def test_that_a_fault_of_the_decoders_own_is_no_fault_of_the_file(head, sandbox_of):
    message = json.dumps({"fault": "File decoder.py, line 9\nKeyError"}).encode()
    answer = len(message).to_bytes(4, "big") + message
    sandbox = sandbox_of(f"os.write(1, {answer!r})\ntime.sleep(600)")

    with pytest.raises(RuntimeError, match="KeyError"):
        Loader(sandbox).load(head)


def test_that_many_threads_get_their_own_pictures(tmp_path):
    seen = {}
    paths = [write_png(small_phantom(seed), tmp_path / f"{seed}.png") for seed in range(6)]

    def read(path):
        seen[path] = load_image(path).image.gray

    threads = [threading.Thread(target=read, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for seed, path in enumerate(paths):
        assert np.array_equal(seen[path], small_phantom(seed).gray)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_forked_process_has_a_decoder_of_its_own(head):
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from fhc_desktop.imaging.loader import Loader\n"
        "from fhc_desktop.imaging.sandbox.sandbox import Sandbox\n"
        "head, sandbox = Path(sys.argv[1]), Sandbox()\n"
        "load = Loader(sandbox).load\n"
        "load(head)\nchild = sandbox.process_id\nforked = os.fork()\n"
        "load(head)\n"
        "if forked == 0:\n    ok = sandbox.process_id != child\n"
        "    sandbox.close()\n    os._exit(0 if ok else 1)\n"
        "assert os.waitpid(forked, 0)[1] == 0\n"
        "assert sandbox.process_id == child\n"
    )
    subprocess.run([sys.executable, "-c", program, head], check=True, cwd=ROOT, timeout=120)


def test_that_a_module_in_the_current_folder_is_not_run(head, monkeypatch):
    (head.parent / "numpy.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(head.parent)
    sandbox = Sandbox(decoder_command())

    assert np.array_equal(Loader(sandbox).load(head).image.gray, PHANTOM.gray)
    sandbox.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.timeout(120)
def test_that_no_bomb_makes_the_program_grow(tmp_path, shared):
    bombs = [*bombs_of_the_corpus(shared, tmp_path), *our_bombs(tmp_path)]
    assert len(bombs) >= 7
    before = resident_kb()

    for bomb in bombs:
        with pytest.raises(UnreadableImage):
            load_image(bomb)
        assert resident_kb() - before < LARGEST_GROWTH_KB, bomb.name


def bombs_of_the_corpus(shared, folder):
    for path in sorted((shared / "dicom" / "derived").iterdir()):
        if not path.name.startswith(("rle_", "deflate_", "rows_", "number_of_")):
            continue
        target = folder / path.name.removesuffix(".gz")
        opened = gzip.open if path.suffix == ".gz" else Path.open
        with opened(path, "rb") as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        yield target


def our_bombs(folder):
    buffer = BytesIO()
    Image.new("1", (12000, 12000)).save(buffer, "TIFF", compression="group4")
    wide = folder / "bomb.tif"
    wide.write_bytes(buffer.getvalue())
    nested = write_dicom(PHANTOM, folder / "nested.dcm")
    whole = nested.read_bytes()
    at = whole.index(b"\x10\x00\x10\x00PN")
    item = b"\x08\x00\x10\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    nested.write_bytes(whole[:at] + item * 5000 + whole[at:])
    return [wide, nested, deflate_bomb(folder), run_length_bomb(folder)]


def deflate_bomb(folder):
    """Two megabytes that unpack to two gigabytes behind a picture that is whole."""
    bomb = write_dicom(PHANTOM, folder / "deflated.dcm")
    dataset = pydicom.dcmread(bomb)
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.save_as(bomb, enforce_file_format=True)
    whole = bomb.read_bytes()
    # 128 bytes, "DICM" and the twelve bytes that tell how long the rest of the meta is.
    start = 144 + pydicom.dcmread(bomb).file_meta.FileMetaInformationGroupLength
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(zlib.decompress(whole[start:], -zlib.MAX_WBITS))
    body += packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a piece looks back at nothing: it may be repeated.
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb.write_bytes(whole[:start] + body + 2000 * piece)
    return bomb


def run_length_bomb(folder):
    """A few bytes that claim a thousand pictures of the largest size."""
    bomb = write_dicom(PHANTOM, folder / "run-length.dcm")
    dataset = pydicom.dcmread(bomb)
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.Rows = dataset.Columns = 8192
    dataset.NumberOfFrames = 1000
    segments = struct.pack("<16I", 1, 64, *[0] * 14)
    dataset.PixelData = encapsulate([segments + b"\x81\x00" * 230])
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(bomb, enforce_file_format=True)
    return bomb


def test_that_a_picture_of_the_largest_size_needs_no_more_memory_than_there_is(tmp_path):
    sandbox = Sandbox(seconds=200)  # the machine may be slow
    path = tmp_path / "large.png"
    Image.new("RGB", (8192, 8192), (9, 80, 200)).save(path, compress_level=1)

    image = Loader(sandbox).load(path).image
    sandbox.close()

    assert image.color.shape == (8192, 8192, 3)
    assert (image.color == (9, 80, 200)).all()
