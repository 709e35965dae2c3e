"""What can be done with reports."""

from fhc_desktop.gui.examination.availability import always, has_image, is_accepted
from fhc_desktop.gui.window.action_spec import ActionSpec

REPORT_ACTIONS = (
    ActionSpec(
        "export",
        "&File the report …",
        ("Ctrl+E",),
        lambda w: w.reports.filing.ask(),
        is_accepted,
        "export",
        "Choose in which forms the report of the accepted measurement is written, and where",
        short="Report",
    ),
    ActionSpec(
        "export_again",
        "File as last &time",
        ("Ctrl+S",),
        lambda w: w.reports.filing.again(),
        is_accepted,
        hint="File the report in the forms and the folder that were chosen last",
    ),
    ActionSpec(
        "export_study",
        "File &all accepted of this study …",
        ("Ctrl+Shift+S",),
        lambda w: w.reports.study.ask(),
        has_image,
        hint="File all accepted measurements of this picture’s study, in one PDF or one by one",
    ),
    ActionSpec(
        "preview",
        "&Preview",
        ("Ctrl+P",),
        lambda w: w.reports.preview(),
        has_image,
        hint="Show the report’s pages as they would be filed, and print them",
    ),
    ActionSpec(
        "institution",
        "&Institution …",
        (),
        lambda w: w.reports.ask_institution(),
        always,
        hint="Enter name, address and logo of whose reports they are",
    ),
)
