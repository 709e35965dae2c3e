from pathlib import Path

from model_training.evaluation import write_evaluation

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_that_the_page_in_the_repository_says_what_its_results_say(tmp_path):
    write_evaluation(DOCS / "experiments/two_looks", tmp_path / "page.md", tmp_path / "images")

    assert (tmp_path / "page.md").read_bytes() == (DOCS / "evaluation.md").read_bytes()
    drawn = {path.name for path in (tmp_path / "images").iterdir()}
    assert drawn == {
        "agreement.png",
        "confidence.png",
        "error_by_size.png",
        "risk_coverage.png",
        "worst.png",
    }
