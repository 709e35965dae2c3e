"""The report as pages (reportlab)."""
