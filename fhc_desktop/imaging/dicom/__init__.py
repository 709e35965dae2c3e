"""A DICOM file: its header, pixels, scale and directory (pydicom)."""
