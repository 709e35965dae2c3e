"""The program of the looker: a process that has the networks, and looks at the pictures it is sent.

Questions come on its standard input, answers leave on what was its standard output. It opens no
file but its bundle, and ends when its questions do, and so with the program that asks them.
"""

import os
import pickle
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from fhc_desktop.core_dumps import forbid_core_dumps
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.heap import give_back
from fhc_desktop.workflow.looking import (
    Answer,
    Breakdown,
    Bundle,
    Loading,
    Question,
    Refusal,
)
from fhc_desktop.workflow.proposing import LazySegmenter


def main() -> None:
    """Look with the networks of the bundle that is told first."""
    forbid_core_dumps()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        serve(sys.stdin.buffer, answers, asked_of)


def serve(
    questions: BinaryIO,
    answers: BinaryIO,
    asked: Callable[[Bundle], Callable[[Question], Proposal | ModelIdentity]],
) -> None:
    """Answer each question until there are no more; before the first one comes the bundle."""
    try:
        ask = asked(pickle.load(questions))  # noqa: S301 - from our own program
        while True:
            question: Question = pickle.load(questions)  # noqa: S301
            pickle.dump(answered(ask, question), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except (EOFError, pickle.UnpicklingError, BrokenPipeError):
        return  # whoever asked has gone, at the latest amid a question


def answered(ask: Callable[[Question], Proposal | ModelIdentity], question: Question) -> Answer:
    """Return the word on a question, or why there is none."""
    try:
        return ask(question)
    except FhcError as refusal:
        return Refusal(refusal.problem, refusal.remedy)
    except Exception as fault:  # noqa: BLE001 - raised again in the program
        places = "".join(traceback.format_tb(fault.__traceback__))
        return Breakdown(f"{places}{type(fault).__name__}")


def asked_of(bundle: Bundle) -> Callable[[Question], Any]:
    """Return what looks with a bundle's networks, loaded at the first question."""
    segmenter = LazySegmenter(bundle.model, bundle.device)

    def ask(question: Question) -> Proposal | ModelIdentity:
        if not isinstance(question, Loading):
            return segmenter.propose(question.image)
        identity = segmenter.load().identity
        give_back()
        return identity

    return ask
