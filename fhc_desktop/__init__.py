"""Fetal head circumference on the desktop."""

__version__ = "0.9.0"
