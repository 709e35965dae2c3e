"""Processes that accept what the log cannot always take."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogUnavailable, MeasurementLog
from fhc_desktop.workflow.accepting import Word
from fhc_desktop.workflow.waiting import WaitingRows
from tests.storage.log_examples import EXAM, NOW

AWAY = LogUnavailable("The measurement log is in use by another program.", "Try again.")


def word(operator, number):
    """A head of its own, of a patient of her own."""
    pixels = np.full((2, 2), number % 251, np.uint8)
    source = ImageSource(Path(f"/scans/{operator}-{number}.png"), f"{operator}-{number}")
    exam = replace(
        EXAM,
        image=UltrasoundImage(pixels, source),
        patient=Patient(f"{operator}-{number}", "Zoë Müller"),
    )
    return Word(exam, operator, NOW, None)


def accept_for_ever(folder, acknowledgements):
    """Send the identity of each acceptance once it is kept; now and then there is a log."""
    rows, log = WaitingRows(folder), MeasurementLog.open(folder)
    operator = f"Dr {acknowledgements.recv()}"
    acknowledgements.send("")
    for number in count(1):
        is_away = number % 4 != 0
        taken = rows.accept(word(operator, number), AWAY if is_away else log)
        acknowledgements.send(taken.acceptance.entry_id)


def accept_ten(folder, acknowledgements):
    """Accept ten measurements as fast as it goes; send what each was, and what waits at the end."""
    operator = f"Dr {acknowledgements.recv()}"
    rows, log = WaitingRows(folder), MeasurementLog.open(folder)
    for number in range(10):
        taken = rows.accept(word(operator, number), log)
        acknowledgements.send(taken.acceptance.entry_id)
    acknowledgements.send(None)
    acknowledgements.poll(timeout=None)
