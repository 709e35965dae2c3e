"""A file's copy without the patient."""
