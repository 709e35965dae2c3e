"""The copy of a file without the patient."""
