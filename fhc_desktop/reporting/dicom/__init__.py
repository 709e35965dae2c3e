"""A report as DICOM objects, and read back from them."""
