import pytest

from model_training.document import table_text, write_filled


def test_that_each_named_part_stands_where_the_words_ask_for_it(tmp_path):
    words, page = tmp_path / "words.md", tmp_path / "page.md"
    words.write_text("{{n}} heads:\n\n{{table}}\n")
    write_filled(words, {"n": "3", "table": table_text([["a", "b"], ["1", "2"]])}, page)

    assert page.read_text() == "3 heads:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def test_that_a_figure_nobody_gives_is_named_and_no_page_is_written(tmp_path):
    (tmp_path / "words.md").write_text("{{n}} of {{all}}")

    with pytest.raises(ValueError, match="asks for all"):
        write_filled(tmp_path / "words.md", {"n": "3"}, tmp_path / "page.md")
    assert not (tmp_path / "page.md").exists()
