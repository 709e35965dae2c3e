"""A report as FHIR resources: the same content once more, for systems that exchange these."""
