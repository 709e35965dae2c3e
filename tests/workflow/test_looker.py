"""What a looker answers, without a process between."""

import io
import pickle

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.workflow.looker import answered, serve
from fhc_desktop.workflow.looking import Breakdown, Bundle, Loading, Picture, Refusal
from tests.fakes import IDENTITY, FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom

PICTURE = Picture.of(small_phantom().image)


def test_that_a_pipe_that_breaks_off_ends_it_without_a_word():
    bundle, question = pickle.dumps(Bundle(None, "cpu")), pickle.dumps(PICTURE)

    for written in (b"", bundle[:9], bundle, bundle + question[: len(question) // 2]):
        answers = io.BytesIO()
        serve(io.BytesIO(written), answers, lambda _: lambda _: IDENTITY)

        assert answers.getvalue() == b""


def test_that_each_question_has_an_answer_and_in_its_order():
    asked = [Loading(), PICTURE, Loading()]
    pipe, answers = io.BytesIO(), io.BytesIO()
    for one in (Bundle(None, "cpu"), *asked):
        pickle.dump(one, pipe)
    pipe.seek(0)
    segmenter = FakeSegmenter(SMALL_OUTLINE_PX)
    serve(
        pipe,
        answers,
        lambda _: lambda one: IDENTITY if one == Loading() else segmenter.propose(one.image),
    )
    answers.seek(0)

    assert [pickle.load(answers) for _ in asked] == [  # noqa: S301 - our own
        IDENTITY,
        segmenter.propose(PICTURE.image),
        IDENTITY,
    ]
    assert not answers.read()


def test_that_the_worlds_fault_is_told_in_its_sentences():
    def refuse(_):
        raise FhcError("It is missing.", "Install it.")

    assert answered(refuse, PICTURE) == Refusal("It is missing.", "Install it.")


def test_that_a_fault_of_ours_is_told_without_the_values_that_it_met():
    told = answered(lambda _: {}["Ann", "Example"[:3]], PICTURE)

    assert isinstance(told, Breakdown)
    assert "('Ann', 'Exa')" not in told.trace
    assert told.trace.endswith("KeyError")
