"""An ultrasound image to change, and the file that it becomes."""

import pydicom
import pytest
from pydicom.dataset import Dataset

from tests.heads import small_phantom, write_dicom


@pytest.fixture
def dataset(tmp_path):
    dataset = pydicom.dcmread(write_dicom(small_phantom(), tmp_path / "start.dcm"))
    dataset.decode()
    return dataset


@pytest.fixture
def saved(tmp_path):
    def save(dataset):
        path = tmp_path / "head.dcm"
        fresh = Dataset()  # one that was read keeps to the byte order it was read in
        fresh.update(dataset)
        fresh.file_meta = dataset.file_meta
        pydicom.dcmwrite(path, fresh, enforce_file_format=True)
        return path

    return save
