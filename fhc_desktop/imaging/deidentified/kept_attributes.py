"""What may stand in the header of a copy, attribute by attribute, and what its value may be.

The terms and numbers are those of PS3.3, by the module that each attribute is named under; where
the standard sets no limit, ours is what no scanner goes beyond.
"""

from dataclasses import dataclass
from enum import Enum, auto
from itertools import permutations

Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``least`` to ``most``, both allowed.

    ``is_free``: whoever scans may choose it, and so number a series as a patient is numbered.
    """

    least: float
    most: float
    is_free: bool = False


class Kind(Enum):
    """What is neither of closed terms nor a bare number."""

    DAY = auto()
    MOMENT = auto()
    TIME = auto()
    CLASS = auto()
    INSTANCE = auto()
    POINTER = auto()
    ITEMS = auto()


_PLACE_PX = Span(0, 16_384)
_REFERENCE_PX = Span(-16_384, 16_384)
_FRAMES = Span(0, 9999)
_FRAME_MS = Span(0, 60_000)
_FRAMES_A_SECOND = Span(0, 1000)
_SIDE_MM = Span(0, 1000)
_DELTA = Span(-1000, 1000)
_UNITS = Span(0, 12)  # C.8.5.5.1.15
_INDEX = Span(0, 20)
_DEGREES = Span(-180, 180)
_FREQUENCY = Span(0, 100_000)
_CHOSEN = Span(0, 9999, is_free=True)
# C.7.6.1.1.1: towards anterior or posterior, right or left, head or feet; none with its opposite.
_ORIENTATIONS = frozenset(
    "".join(letters)
    for count in (1, 2, 3)
    for letters in permutations("APRLHF", count)
    if not any(opposites <= set(letters) for opposites in ({"A", "P"}, {"R", "L"}, {"H", "F"}))
)
# PS3.16 CID 29.
_MODALITIES = frozenset(
    {
        *("AR", "BDUS", "BI", "BMD", "CFM", "CR", "CT", "DG", "DMS", "DX", "ECG", "EEG", "EMG"),
        *("EOG", "EPS", "ES", "GM", "HD", "IO", "IVOCT", "IVUS", "KER", "LEN", "LS", "MG", "MR"),
        *("NM", "OAM", "OCT", "OP", "OPM", "OPT", "OPTBSV", "OPTENF", "OPV", "OSS", "OT", "PA"),
        *("POS", "PT", "PX", "RESP", "RF", "RG", "RTIMAGE", "SM", "SRF", "TG", "US", "VA", "XA"),
        "XC",
    }
)
# C.8.5.6
_TRANSDUCERS = frozenset(
    {
        *("SECTOR_PHASED", "SECTOR_MECH", "SECTOR_ANNULAR", "VECTOR_PHASED", "LINEAR"),
        *("CURVED LINEAR", "SINGLE CRYSTAL", "SPLIT XTAL CWD", "IV_PHASED", "IV_ROT XTAL"),
        *("IV_ROT MIRROR", "ENDOCAV_PA", "ENDOCAV_MECH", "ENDOCAV_CLA", "ENDOCAV_AA"),
        "ENDOCAV_LINEAR",
    }
)
# C.7.6.1.1.5.1
_LOSSY_METHODS = frozenset(
    {
        *("ISO_10918_1", "ISO_14495_1", "ISO_15444_1", "ISO_15444_15", "ISO_18181_1"),
        *("ISO_13818_2", "ISO_14496_10", "ISO_23008_2"),
    }
)

Rule = Terms | Span | Kind

KEPT: dict[str, Rule] = {
    "Modality": _MODALITIES,
    "SeriesNumber": _CHOSEN,
    "InstanceNumber": _CHOSEN,
    "PatientOrientation": _ORIENTATIONS,
    # Cine (C.7.6.5), Multi-frame (C.7.6.6).
    "FrameTime": _FRAME_MS,
    "FrameTimeVector": _FRAME_MS,
    "FrameIncrementPointer": Kind.POINTER,
    "FrameDelay": _FRAME_MS,
    "CineRate": _FRAMES_A_SECOND,
    "RecommendedDisplayFrameRate": _FRAMES_A_SECOND,
    "StartTrim": _FRAMES,
    "StopTrim": _FRAMES,
    "EffectiveDuration": Span(0, 3600),
    "ActualFrameDuration": _FRAME_MS,
    "PreferredPlaybackSequencing": Span(0, 1),
    # US Image (C.8.5.6).
    "TransducerType": _TRANSDUCERS,
    "MechanicalIndex": _INDEX,
    "BoneThermalIndex": _INDEX,
    "CranialThermalIndex": _INDEX,
    "SoftTissueThermalIndex": _INDEX,
    "DepthOfScanField": Span(0, 1000),  # mm
    "UltrasoundColorDataPresent": Span(0, 1),
    # Pixel sides (10.7.1.3), General Image (C.7.6.1).
    "PixelSpacing": _SIDE_MM,
    "PixelSpacingCalibrationType": frozenset({"GEOMETRY", "FIDUCIAL"}),
    "ImagerPixelSpacing": _SIDE_MM,
    "NominalScannedPixelSpacing": _SIDE_MM,
    "PixelAspectRatio": Span(0, 99_999),
    "LossyImageCompression": frozenset({"00", "01"}),
    "LossyImageCompressionRatio": Span(0, 10_000),
    "LossyImageCompressionMethod": _LOSSY_METHODS,
    # Dates are moved, times of day kept.
    "StudyDate": Kind.DAY,
    "SeriesDate": Kind.DAY,
    "AcquisitionDate": Kind.DAY,
    "ContentDate": Kind.DAY,
    "AcquisitionDateTime": Kind.MOMENT,
    "LastMenstrualDate": Kind.DAY,
    "StudyTime": Kind.TIME,
    "SeriesTime": Kind.TIME,
    "AcquisitionTime": Kind.TIME,
    "ContentTime": Kind.TIME,
    # Identifiers are replaced.
    "SOPClassUID": Kind.CLASS,
    "SOPInstanceUID": Kind.INSTANCE,
    "StudyInstanceUID": Kind.INSTANCE,
    "SeriesInstanceUID": Kind.INSTANCE,
    "FrameOfReferenceUID": Kind.INSTANCE,
    "ReferencedImageSequence": Kind.ITEMS,
    "SourceImageSequence": Kind.ITEMS,
    "ReferencedSOPClassUID": Kind.CLASS,
    "ReferencedSOPInstanceUID": Kind.INSTANCE,
    "ReferencedFrameNumber": _FRAMES,
    # An enhanced object keeps its scale in here.
    "SharedFunctionalGroupsSequence": Kind.ITEMS,
    "PerFrameFunctionalGroupsSequence": Kind.ITEMS,
    "PixelMeasuresSequence": Kind.ITEMS,
    # US Region Calibration (C.8.5.5).
    "SequenceOfUltrasoundRegions": Kind.ITEMS,
    "RegionSpatialFormat": Span(0, 5),
    "RegionDataType": Span(0, 18),
    "RegionFlags": Span(0, 31),
    "RegionLocationMinX0": _PLACE_PX,
    "RegionLocationMinY0": _PLACE_PX,
    "RegionLocationMaxX1": _PLACE_PX,
    "RegionLocationMaxY1": _PLACE_PX,
    "ReferencePixelX0": _REFERENCE_PX,
    "ReferencePixelY0": _REFERENCE_PX,
    "ReferencePixelPhysicalValueX": _DELTA,
    "ReferencePixelPhysicalValueY": _DELTA,
    "PhysicalUnitsXDirection": _UNITS,
    "PhysicalUnitsYDirection": _UNITS,
    "PhysicalDeltaX": _DELTA,
    "PhysicalDeltaY": _DELTA,
    "TransducerFrequency": _FREQUENCY,  # kHz
    "PulseRepetitionFrequency": _FREQUENCY,  # Hz
    "DopplerCorrectionAngle": _DEGREES,
    "SteeringAngle": _DEGREES,
}
