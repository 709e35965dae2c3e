"""Reports as they leave the program, and what they are asked here."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.reporting.proof.carried import opened_report
from fhc_desktop.reporting.proof.seal import MEASUREMENT, sealed
from fhc_desktop.reporting.proof.verdict import Signers, verdict
from fhc_desktop.workflow.exporting import export_pdf
from tests.reporting.examinations import NOW

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OURS = KEY.public_key().public_bytes_raw().hex()
BY_US = Signers(OURS)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def report(exam, folder, *, key=KEY, choice=StandardChoice(), **told):
    return export_pdf(exam, folder / "a.pdf", now=NOW, key=key, choice=choice, **told).read_bytes()


def asked(content, *, known=STANDARDS, signers=BY_US, opened=None):
    images = () if opened is None else (opened,)
    return verdict(opened_report(content, "a.pdf"), known=known, signers=signers, opened=images)


def measurement(content):
    return json.loads(opened_report(content, "a.pdf").measurements[0])


def carrying(pages, said, *, key=KEY):
    """Return pages with another measurement attached, sealed as if it were their own."""
    return sealed(pages, {MEASUREMENT: json.dumps(said).encode("ascii")}, key)
