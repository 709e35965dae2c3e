from pathlib import Path

from model_training.model_card import write_model_card

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_that_the_card_in_the_repository_says_what_its_results_and_the_shipped_bundle_say(tmp_path):
    write_model_card(DOCS / "experiments/two_looks", tmp_path / "card.md")

    assert (tmp_path / "card.md").read_bytes() == (DOCS / "model-card.md").read_bytes()
