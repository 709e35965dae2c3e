"""Examinations that make a dossier together."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from fhc_desktop.domain.examination.proposal import Proposal, ProposedHead
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.content.dossier_content import DossierContent, DossierPart
from tests.reporting.examinations import (
    ENTRY,
    HEAD,
    MODEL,
    NOW,
    accepted,
    edited,
    graded,
    image,
    proposed,
)

FIRST_DAY = date(2026, 10, 2)


def seen(exam, name, *, weeks=0, sha="0"):
    """Return an examination of another picture, so many weeks after the first day."""
    found = image()
    gray = np.array(found.gray)
    gray[0, 0] = int(sha, 16)
    source = replace(
        found.source, path=Path("/scans") / name, sha256=sha * 64, frame_count=1, frame=1
    )
    day = FIRST_DAY + timedelta(weeks=weeks)
    return replace(
        exam, image=replace(found, gray=gray, source=source), exam_date=day, acceptance=None
    )


def grown(size, exam=None):
    return (exam or graded()).with_outline(
        replace(HEAD, semi_axis_a=40.0 * size, semi_axis_b=30.0 * size)
    )


def course():
    """Return five examinations of one fetus: accepted, edited ones among them."""
    heads = (graded(), *(grown(size) for size in (1.1, 1.22, 1.34, 1.45)))
    return tuple(
        DossierPart(accepted(seen(exam, f"scan {n}.dcm", weeks=3 * n, sha=f"{n + 1}")))
        for n, exam in enumerate(heads)
    )


def twins():
    """Return both heads of one picture, each of its fetus."""
    other = Ellipse(30.0, 44.0, 22.0, 17.0, 0.2)
    first = replace(HEAD, center_x=86.0, semi_axis_a=24.0, semi_axis_b=19.0)
    several = Proposal(None, MODEL, "CPU").of_several(
        [ProposedHead(one, None) for one in (other, first)]
    )
    exam = replace(proposed(), proposal=several, exam_date=FIRST_DAY)
    return tuple(
        DossierPart(accepted(exam.with_outline(head).with_fetus(Fetus(label))))
        for label, head in (("A", other), ("B", first))
    )


def repeated(mean):
    """Return the parts of a mean of three, and the mean beside the first."""
    exams = (
        accepted(seen(grown(size), f"again {n}.dcm", sha=f"{n + 1}"), entry_id=entry)
        for n, (size, entry) in enumerate(((1.0, ENTRY), (1.01, "1" * 32), (0.99, "2" * 32)))
    )
    return tuple(DossierPart(exam, mean=mean) for exam in exams)


def mixed():
    """Return an accepted one, an edited one that is not, and one without a scale."""
    return (
        DossierPart(accepted(seen(graded(), "one.dcm", sha="1"))),
        DossierPart(seen(edited(), "two.dcm", weeks=2, sha="2")),
        DossierPart(
            replace(
                seen(proposed(), "three.dcm", weeks=4, sha="3"),
                file_calibration=type(proposed().file_calibration)(),
            )
        ),
    )


def dossier_of(parts, **given):
    return DossierContent.of(parts, NOW, **given)
