"""What the colours of a report mean: the profile of sRGB, the same bytes each time."""

from PIL import ImageCms

# The library writes the time by the clock into it (ICC.1, 7.2.8): twelve bytes that would differ.
_PROFILES_TIME = slice(24, 36)
_FIXED_TIME = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))


def srgb_profile() -> bytes:
    """Return the ICC profile of a display with sRGB."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_PROFILES_TIME] = _FIXED_TIME
    return bytes(made)
