"""Files become ultrasound images (pydicom, Pillow)."""
