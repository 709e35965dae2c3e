"""Drawn heads with a header of the test's own, as they come from the field."""

import pydicom

from tests.heads import small_phantom, write_dicom


def drawn(target, **attributes):
    """Write a head whose header has these attributes, a value of no VR's form among them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    dataset = pydicom.dcmread(write_dicom(small_phantom(), target))
    with pydicom.config.disable_value_validation():
        for keyword, value in attributes.items():
            setattr(dataset, keyword, value)
        dataset.save_as(target)
    return target
