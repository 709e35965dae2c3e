from pathlib import Path

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from model_training.evaluation import header_scores, write_evaluation
from model_training.model_card import SHIPPED

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_that_page_and_bundle_in_the_repository_say_what_their_results_say(tmp_path):
    results, images = DOCS / "experiments/two_looks", tmp_path / "images"
    tables = write_evaluation(results, tmp_path / "page.md", images)

    assert (tmp_path / "page.md").read_bytes() == (DOCS / "evaluation.md").read_bytes()
    told = load_bundle(resource(SHIPPED)).header.scores
    assert told | header_scores(tables) == told
    assert told["planes"]["rows"][0]["picture shows"] == "all"
    drawn = {path.name for path in images.iterdir()}
    assert drawn == {
        "agreement.png",
        "confidence.png",
        "error_by_size.png",
        "risk_coverage.png",
        "worst.png",
    }
