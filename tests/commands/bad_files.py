"""Files that nobody can measure, each with words that its refusal must say."""

import pydicom
from PIL import Image
from pydicom.encaps import encapsulate

from tests.heads import small_phantom, write_dicom, write_png


def empty(folder):
    path = folder / "empty.png"
    path.touch()
    return path


def text_named_png(folder):
    path = folder / "notes.png"
    path.write_text("Head circumference 176 mm\n" * 20)
    return path


def cut_png(folder):
    return cut(write_png(small_phantom(), folder / "cut.png"))


def cut_dicom(folder):
    return cut(write_dicom(small_phantom(), folder / "cut.dcm"))


def cut(path):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def one_pixel(folder):
    path = folder / "pixel.png"
    Image.new("L", (1, 1)).save(path)
    return path


def huge(folder):
    path = folder / "huge.png"
    Image.new("1", (20000, 20000)).save(path)
    return path


def huge_dicom(folder):
    def announce(dataset):
        dataset.Rows = dataset.Columns = 20000

    return changed_dicom(folder / "huge.dcm", announce)


def dicom_without_pixels(folder):
    def strip(dataset):
        for keyword in ("PixelData", "Rows", "Columns"):
            delattr(dataset, keyword)

    return changed_dicom(folder / "report.dcm", strip)


def unknown_transfer_syntax(folder):
    def announce(dataset):
        dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.999"

    return changed_dicom(folder / "new.dcm", announce)


def jpeg_2000_part_2(folder):
    def announce(dataset):
        dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.92"
        dataset.PixelData = encapsulate([b"any bytes."])

    return changed_dicom(folder / "part2.dcm", announce)


def changed_dicom(path, change):
    write_dicom(small_phantom(), path)
    dataset = pydicom.dcmread(path)
    change(dataset)
    pydicom.dcmwrite(path, dataset, implicit_vr=False, little_endian=True, force_encoding=True)
    return path


def vanished(folder):
    return folder / "gone.png"


def folder_without_images(folder):
    bare = folder / "bare"
    bare.mkdir()
    (bare / "notes.txt").write_text("none")
    return bare


def name_too_long(folder):
    return folder / ("ü" * 130 + ".png")


def path_too_long(folder):
    return folder.joinpath(*["d" * 200] * 25, "head.png")


BAD_FILES = {
    empty: "is empty",
    text_named_png: "is not an image",
    cut_png: "damaged or incomplete",
    cut_dicom: "damaged or incomplete",
    one_pixel: "too small to measure: 1 × 1 pixels",
    huge: "too large to open",
    huge_dicom: "too large to open: 20000 × 20000 pixels",
    dicom_without_pixels: "without an image",
    unknown_transfer_syntax: "an unknown encoding (1.2.840.10008.1.2.4.999)",
    jpeg_2000_part_2: "JPEG 2000 Part 2",
    vanished: "is not there",
    folder_without_images: "There are no images in bare",
    name_too_long: "longer than this system allows",
    path_too_long: "longer than this system allows",
}
