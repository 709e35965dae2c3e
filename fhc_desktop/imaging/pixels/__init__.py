"""Bytes become pixels, and pixels grey."""
