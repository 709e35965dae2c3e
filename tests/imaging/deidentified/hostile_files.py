"""Files that carry their patient where nobody looks, drawn on a head with a region of its own."""

import io

import numpy as np
from PIL import Image
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

NAME, NUMBER = "Müller^Zoë", "ZQX-4711882"
WRITTEN_OUT = "MUELLER ZOE"
PHYSICIAN = "Schröder^Åsa"
BORN, SCANNED = "19850312", "20240720"


def identify(dataset):
    """Name patient, physician and days where the standard wants them."""
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.PatientName, dataset.PatientID = NAME, NUMBER
    dataset.PatientBirthDate, dataset.StudyDate = BORN, SCANNED
    dataset.ReferringPhysicianName = PHYSICIAN
    return dataset


def _item(**attributes):
    item = Dataset()
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return item


def private_texts(dataset):
    block = dataset.private_block(0x0009, "MUELLER CREATOR", create=True)
    block.add_new(1, "LO", NAME)
    block.add_new(2, "UT", f"{WRITTEN_OUT}, born 12 Mar 1985")


def private_bytes(dataset):
    block = dataset.private_block(0x0029, "CREATOR", create=True)
    for place, encoding in enumerate(("utf-16-le", "utf-16-be", "latin-1", "utf-8")):
        block.add_new(place, "UN", f"{NAME} 1985-03-12 ".encode(encoding))


def nested_sequences(dataset):
    innermost = _item(PatientName=NAME, CodeMeaning=WRITTEN_OUT)
    inner = _item(OriginalAttributesSequence=[innermost], StudyDescription=WRITTEN_OUT)
    dataset.RequestAttributesSequence = [_item(ReferencedStudySequence=[inner])]


def within_a_region(dataset):
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.private_block(0x0019, "CREATOR", create=True).add_new(1, "LO", NAME)
    region.PatientName, region.TransducerType = NAME, "MUELLER"


def within_functional_groups(dataset):
    measures = _item(PatientComments=WRITTEN_OUT, Manufacturer=WRITTEN_OUT, SeriesNumber=BORN)
    dataset.SharedFunctionalGroupsSequence = [_item(PixelMeasuresSequence=[measures])]


def overlays(dataset):
    dataset.add_new(0x60003000, "OW", (NAME * 8).encode("utf-8"))
    dataset.add_new(0x60000022, "LO", WRITTEN_OUT)
    dataset.add_new(0x60001500, "LO", WRITTEN_OUT)


def curves(dataset):
    dataset.add_new(0x50003000, "OW", (NAME * 8).encode("utf-16-le"))
    dataset.add_new(0x50002500, "LO", WRITTEN_OUT)
    dataset.add_new(0x50000022, "LO", "20 July 2024")


def comments(dataset):
    for keyword in ("PatientComments", "ImageComments", "StudyDescription", "SeriesDescription"):
        setattr(dataset, keyword, f"{WRITTEN_OUT}, 12.03.1985")
    dataset.AdditionalPatientHistory = "geb. 12. März 1985, Muller Zoe"


def instance_uids(dataset):
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = "1.2.4711882.19850312"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.4711882.1", "1.2.19850312"
    dataset.FrameOfReferenceUID = "1.2.4711882.20240720"


def class_uids(dataset):
    reference = _item(ReferencedSOPClassUID="1.2.4711882", ReferencedSOPInstanceUID="1.19850312")
    dataset.SourceImageSequence = [reference]


def file_meta(dataset):
    dataset.file_meta.SourceApplicationEntityTitle = WRITTEN_OUT
    dataset.file_meta.PrivateInformationCreatorUID = "1.2.4711882"
    dataset.file_meta.PrivateInformation = NAME.encode()


def preamble(dataset):
    dataset.preamble = f"{NAME} 12.03.1985 ".encode().ljust(128, b"\0")


def trailing_padding(dataset):
    dataset.add_new(0xFFFCFFFC, "OB", f"{NAME} {BORN} ".encode())


def physician_as_maker(dataset):
    dataset.Manufacturer, dataset.ManufacturerModelName = "Dr. Schroeder", "SCHRODER ASA"


def patient_as_model(dataset):
    dataset.Manufacturer, dataset.ManufacturerModelName = WRITTEN_OUT, "Voluson MULLER"


def number_as_model(dataset):
    dataset.Manufacturer, dataset.ManufacturerModelName = "GE 4711882", "4711882"
    dataset.SoftwareVersions = dataset.StationName = dataset.DeviceSerialNumber = NUMBER


def transducer(dataset):
    dataset.TransducerType = "ZOE MUELLER"


def modality_and_orientation(dataset):
    dataset.Modality, dataset.PatientOrientation = "MUELLER", ["MUELLER", "ZOE"]
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "MUELLER", "ZOE"]


def compression_codes(dataset):
    dataset.LossyImageCompression, dataset.LossyImageCompressionMethod = "01", "MUELLER_ZOE"
    dataset.PixelSpacingCalibrationType = "MUELLER"
    dataset.LossyImageCompressionRatio = BORN


def series_number(dataset):
    dataset.SeriesNumber, dataset.InstanceNumber = 19850312, 4711882


def unknown_days_as_numbers(dataset):
    """Another day than any that the file calls one."""
    dataset.SeriesNumber, dataset.InstanceNumber = 19991231, 311299
    dataset.DepthOfScanField, dataset.FrameTime = 19991231, "19991231"


def decimal_numbers(dataset):
    dataset.FrameTime, dataset.MechanicalIndex = "1985.0312", "0.19850312"
    dataset.FrameTimeVector, dataset.CineRate = ["2024", "7", "20"], 120385
    dataset.SoftTissueThermalIndex, dataset.EffectiveDuration = "12.031985", "850312"


def integers_of_a_region(dataset):
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.TransducerFrequency, region.PulseRepetitionFrequency = 85071, 24202
    region.ReferencePixelX0, region.ReferencePixelY0 = 19850312, -20240720


def scale_of_days(dataset):
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.PhysicalDeltaX = region.PhysicalDeltaY = 0.0519850312


def times(dataset):
    dataset.StudyTime, dataset.ContentTime = "200724", "101500.850312"
    dataset.AcquisitionDateTime = "20240720200724.120385+0100"


def maker_with_a_day(dataset):
    dataset.Manufacturer = ["GE 20JUL24", "Jul 20, 2024"]
    dataset.ManufacturerModelName = "V 12/03/85"


def behind_the_pixels(dataset):
    dataset.PixelData += f"{NAME} {WRITTEN_OUT} {BORN}  ".encode()


def within_jpeg(dataset):
    written = io.BytesIO()
    pixels = dataset.pixel_array
    Image.fromarray(pixels).save(written, "JPEG", quality=95, comment=NAME.encode())
    jpeg = written.getvalue()
    text = f"MUELLER {BORN}".encode()
    marker = b"\xff\xed" + (len(text) + 2).to_bytes(2, "big") + text
    fragment = jpeg[:2] + marker + jpeg[2:] + NAME.encode() + b"\0"
    dataset.PixelData = encapsulate([fragment])
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit


def icon(dataset):
    image = _item(Rows=1, Columns=64, BitsAllocated=8)
    image.add_new(0x7FE00010, "OB", f"{NAME} {WRITTEN_OUT}".encode().ljust(64, b"\0"))
    dataset.IconImageSequence = [image]


def signatures(dataset):
    dataset.DigitalSignaturesSequence = [
        _item(CertificateOfSigner=PHYSICIAN.encode(), MACIDNumber=1, Signature=NAME.encode())
    ]
    dataset.MACParametersSequence = [_item(MACIDNumber=1, MACAlgorithm="MUELLER")]


def encrypted(dataset):
    dataset.EncryptedAttributesSequence = [
        _item(EncryptedContent=f"{NAME} {BORN}".encode("utf-16-le"))
    ]


def unknown_representation(dataset):
    dataset.add(DataElement(0x00080070, "UN", WRITTEN_OUT.encode()))
    dataset.add(DataElement(0x00186031, "UN", NAME.encode()))
    dataset.add(DataElement(0x00102160, "UN", NAME.encode()))


def wrong_representation(dataset):
    dataset.add(DataElement(0x00100010, "LO", NAME))
    dataset.add(DataElement(0x00100030, "LO", BORN))
    dataset.add(DataElement(0x00180022, "CS", "MUELLER"))
    dataset.add(DataElement(0x00185022, "LO", WRITTEN_OUT))  # a mechanical index
    dataset.add(DataElement(0x00181063, "LO", BORN))  # a frame's time
    dataset.add(DataElement(0x00080070, "UT", f"{WRITTEN_OUT} {BORN}"))
    dataset.add(DataElement(0x00200011, "US", 31285))


def overlong(dataset):
    dataset.Manufacturer = f"GE {WRITTEN_OUT} " * 40
    dataset.TransducerType = f"LINEAR {WRITTEN_OUT} {BORN}"
    dataset.SeriesNumber = 4711882


def group_lengths(dataset):
    for group in (0x0008, 0x0010, 0x0018):
        dataset.add_new(group << 16, "UL", 19850312)
    dataset.add_new(0x00080001, "UL", 4711882)


def spelled_by_a_double(dataset):
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.DopplerCorrectionAngle = float(np.frombuffer(b"Muellr?@", "<f8")[0])
    region.SteeringAngle = float(np.frombuffer(b"MULLER?@", "<f8")[0])


def bits_above_the_picture(dataset):
    pixels = dataset.pixel_array.astype("<u2")
    letters = np.frombuffer(WRITTEN_OUT.encode() * 100, np.uint8)
    pixels.reshape(-1)[: letters.size] |= letters.astype("<u2") << 8
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 8, 7
    dataset.PixelData = pixels.tobytes()
    dataset["PixelData"].VR = "OW"


def east_asian_groups(dataset):
    dataset.PatientName = "Yamada^Hanako=山田^花子=やまだ^はなこ"
    dataset.Manufacturer, dataset.ManufacturerModelName = "HANAKO YAMADA", "Yamada-Hanako"
    dataset.TransducerType = "YAMADA"


def implicit(dataset):
    comments(dataset)
    physician_as_maker(dataset)
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian


def big_endian(dataset):
    private_bytes(dataset)
    series_number(dataset)
    dataset.file_meta.TransferSyntaxUID = ExplicitVRBigEndian


HOSTILE = (
    *(private_texts, private_bytes, nested_sequences, within_a_region, within_functional_groups),
    *(overlays, curves, comments, instance_uids, class_uids, file_meta, preamble),
    *(trailing_padding, physician_as_maker, patient_as_model, number_as_model, transducer),
    *(modality_and_orientation, compression_codes, series_number, unknown_days_as_numbers),
    *(decimal_numbers, integers_of_a_region, scale_of_days, times, maker_with_a_day),
    *(behind_the_pixels, within_jpeg, icon, signatures, encrypted, unknown_representation),
    *(wrong_representation, overlong, group_lengths, spelled_by_a_double),
    *(bits_above_the_picture, east_asian_groups, implicit, big_endian),
)
