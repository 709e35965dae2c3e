"""Every dating can be given, and what does not go together is refused in a sentence."""

import pytest

from tests.commands.growth_command import growth, growth_json


@pytest.mark.parametrize(
    "dating",
    [
        ["--ga", "20+3"],
        ["--ga", "20 3/7"],
        ["--lmp", "2026-01-01", "--exam-date", "2026-05-24"],
        ["--lmp", "20260101", "--exam-date", "2026/5/24"],
        ["--lmp", "2025-12-29", "--cycle-days", "31", "--exam-date", "2026-05-24"],
        ["--edd", "2026-10-08", "--exam-date", "2026-05-24"],
        ["--crl", "60", "--scan-date", "2026-03-29", "--exam-date", "2026-05-24"],
        ["--crl", "60", "--crl-by", "robinson1975", "--scan-date", "2026-03-29",
         "--exam-date", "2026-05-24"],
        ["--scan-ga", "12w3d", "--scan-date", "2026-03-29", "--exam-date", "2026-05-24"],
        ["--retrieval", "2026-01-15", "--exam-date", "2026-05-24"],
        ["--day-3-transfer", "2026-01-18", "--exam-date", "2026-05-24"],
        ["--day-5-transfer", "2026-01-20", "--exam-date", "2026-05-24"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_that_every_dating_counts_to_the_examination(capsys, dating):
    assert growth_json(capsys, "--hc", 175, *dating)["ga_days"] == 143


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hc", "17.5"], "not a head circumference in mm"),
        (["--hc", "nan"], "not a head circumference in mm"),
        (["--hc", "175", "--ga", "44w0d"], "over 43 weeks"),
        (["--hc", "175", "--ga", "twenty"], "not an age"),
        (["--hc", "175", "--lmp", "01/02/2026"], "could be several days"),
        (["--hc", "175", "--lmp", ""], "nothing was given"),
        (["--hc", "175", "--lmp", "2026-05-25", "--exam-date", "2026-05-24"], "lies after"),
        (["--hc", "175", "--edd", "2027-05-24", "--exam-date", "2026-05-24"], "more than 300 days"),
        (["--hc", "175", "--lmp", "2025-05-24", "--exam-date", "2026-05-24"], "over 43 weeks"),
        (["--hc", "175", "--lmp", "2026-01-01"], "Give it with --exam-date."),
        (["--hc", "175", "--ga", "20w0d", "--exam-date", "2026-05-24"], "--exam-date goes with"),
        (["--hc", "175", "--crl", "60"], "--scan-date goes with"),
        (["--hc", "175", "--scan-date", "2026-01-01"], "--scan-date goes with"),
        (["--hc", "175", "--ga", "20w0d", "--cycle-days", "30"], "--cycle-days goes with --lmp."),
        (["--hc", "175", "--ga", "20w0d", "--crl-by", "robinson1975"], "--crl-by goes with --crl."),
        (["--hc", "175", "--lmp", "2026-01-01", "--cycle-days", "60"], "not a cycle"),
        (["--hc", "175", "--lmp", "2026-01-01", "--cycle-days", "28.5"], "not a cycle"),
        (["--hc", "175", "--ga", "20w0d", "--standard", "jeanty"], "no growth standard jeanty"),
        (["--hc", "175", "--ga", "20w0d", "--chart", "none.toml"], "cannot be read"),
        (["--hc", "175", "--ga", "20w0d", "--lmp", "2026-01-01"], "not allowed with"),
        ([], "--hc"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, list) else "",
)
def test_that_wrong_use_ends_with_status_two_and_a_sentence(capsys, arguments, words):
    status, out, err = growth(capsys, *arguments)

    assert status == 2
    assert out == ""
    assert words in err
