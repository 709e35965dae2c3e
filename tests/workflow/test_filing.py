"""One examination leaves in each form that was chosen."""

from datetime import UTC, datetime

from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.workflow.filing import file_report

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_that_each_form_asked_for_is_written_where_it_was_wanted(exam, tmp_path):
    targets = {form: tmp_path / f"report.{form.suffix}" for form in ReportForm}

    filed = file_report(exam, targets, tmp_path / "data", now=NOW)

    assert [form for form, _ in filed.written] == list(ReportForm)
    assert all(report.path.stat().st_size > 0 for _, report in filed.written)
