"""The course of a pregnancy, as chart and table."""
