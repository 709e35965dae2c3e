"""The ladder's page says what its result files say."""

import json
from pathlib import Path

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.experiments import write_experiments
from model_training.scores import score_outline, summaries

HEAD = Ellipse(0, 0, 30, 24, 0)
DOCS = Path(__file__).resolve().parents[2] / "docs"


def write_run(folder, name, *, grown_by):
    """Write the scores of a run whose only outline is too large by a constant radius."""
    row = score_outline(
        "a", HEAD.grown(grown_by), reference_mm=HEAD, reference_hc_mm=HEAD.perimeter
    )
    (folder / f"{name}.json").write_text(json.dumps(summaries([row])))


def cells_of(text, first):
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture
def ladder(tmp_path):
    (tmp_path / "words.md").write_text("{{ladder}}\n\n{{seeds}}\n")
    for name, grown_by in (("seed1", 0.2), ("seed2", 0.3), ("seed3", 0.4), ("again", 0.25)):
        write_run(tmp_path, f"close_up_{name}", grown_by=grown_by)
    return tmp_path


def test_that_each_run_has_its_line(ladder):
    write_experiments(ladder, ladder / "page.md")
    cells = cells_of((ladder / "page.md").read_text(), "close_up_seed2")

    assert cells[1] == "1"
    assert float(cells[2]) == pytest.approx(HEAD.grown(0.3).perimeter - HEAD.perimeter, abs=0.005)


def test_that_a_repeated_run_is_set_against_what_the_seed_alone_changes(ladder):
    write_experiments(ladder, ladder / "page.md")
    cells = cells_of((ladder / "page.md").read_text(), "MAE mm")
    steps = [HEAD.grown(by).perimeter - HEAD.perimeter for by in (0.2, 0.3, 0.4)]

    assert [float(cell) for cell in cells[1:4]] == pytest.approx(steps, abs=1e-3)
    assert float(cells[4]) == pytest.approx(steps[1], abs=2e-3)
    # Three even steps deviate by one step from their mean; half a step is half of that.
    assert float(cells[5]) == pytest.approx(steps[1] - steps[0], abs=2e-3)
    assert cells[7] == "+0.5"


def test_that_without_a_repetition_the_seeds_stand_alone(ladder):
    (ladder / "close_up_again.json").unlink()
    write_experiments(ladder, ladder / "page.md")

    assert len(cells_of((ladder / "page.md").read_text(), "MAE mm")) == 6


def test_that_the_page_in_the_repository_says_what_its_results_say(tmp_path):
    write_experiments(DOCS / "experiments/ladder", tmp_path / "page.md")

    assert (tmp_path / "page.md").read_bytes() == (DOCS / "experiments.md").read_bytes()
