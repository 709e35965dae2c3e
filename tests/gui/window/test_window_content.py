"""The window's content says everything once, and its de-identified form says nobody's name."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Draft, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.examination.own_report import OwnReport
from fhc_desktop.domain.examination.scale_memory import ScaleMemory
from fhc_desktop.domain.examination.structured_report import ReportsBeside, TransmittedCode
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.display import Display, GreyWindow, Preset
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import identity_standing
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat
from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.examination.clip_state import ClipState
from fhc_desktop.gui.examination.log_standing import LogStanding
from fhc_desktop.gui.examination.repeat_content import local_text
from fhc_desktop.gui.examination.screen import Screen
from fhc_desktop.gui.window.actions import ACTIONS
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.gui.window.window_content import (
    Page,
    WindowContent,
    deidentified,
    window_content,
    window_content_after,
)
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import accepted, headless, proposed
from tests.told_reports import IMAGE, report, told

# Each stands once in the examination, in a place of its own.
SECRETS = {
    "Vera Secret": "name",
    "SECRET-4711": "identifier",
    "Secret_Vera.dcm": "file",
    "SECRET-ACC": "accession",
    "left of Secret": "position of the fetus",
    "because of Secret": "reason for the dating",
    "corrected for Secret": "reason for the correction",
    "said of Secret": "comment",
    "Secret Clinic": "institution",
    "Praxis Secret": "a maker's name, which may be a physician's",
    "taken over from Secret.png": "source of the scale",
    "Dr Secret": "operator",
    "Skull of Secret": "what the file calls a window",
    "1990-02-03": "birth date",
    "2001-04-05": "the file's other day",
    "SECRET-ISSUER": "issuer of the identifier",
    "Secret-Maiden": "name that the log has under her identifier",
    "Secret_SR.dcm": "file of a report",
    "Console of Secret": "device that wrote a report",
    "HC of Secret": "what a report calls a length",
    "Secrets": "unit in a report",
    "twin of Secret": "which fetus a report is about",
    "Mean by Secret": "how a report got a length",
    "SR of Secret": "what could not be read of a report",
    "Secret_earlier.dcm": "file of an earlier report of this program",
    "Accepter Secret": "who accepted an earlier report",
    "2002-03-04 05:06": "when she accepted it",
}
# What the start page tells of an unfinished examination, beside name and identifier.
SECRETS_AT_START = ("Vera Secret", "SECRET-4711", "Secret_Vera.dcm", "1999-08-07")


def told_about_her():
    """An examination that holds every secret, with a file that names somebody else."""
    exam = proposed()
    source = ImageSource(Path("/scans/Secret_Vera.dcm"), "ab12" * 16)
    named_window = Preset("Skull of Secret", GreyWindow(90, 120), 1)
    return replace(
        exam,
        image=replace(exam.image, source=source, windows=(named_window,)),
        study=StudyInfo(
            patient_id="SECRET-4711",
            patient_name="Vera^Secret-Other",
            issuer="SECRET-ISSUER",
            birth_date=date(1990, 2, 3),
            study_date=date(2001, 4, 5),
            acquisition_date=exam.exam_date,
            accession_number="SECRET-ACC",
            institution="Secret Clinic",
            manufacturer="Praxis Secret",
        ),
        manual_calibration=Calibration(
            0.8, 0.8, CalibrationSource.RULER, "taken over from Secret.png", "Dr Secret"
        ),
        patient=Patient("SECRET-4711", "Vera Secret"),
        fetus=Fetus("A", "left of Secret"),
        dating_reason="because of Secret",
        comment="said of Secret\nand more",
    )


def asked_who_she_is():
    """How she stands to a log that has her identifier under another name."""
    maiden = on_day(140, patient=Patient("SECRET-4711", "Secret-Maiden, Ada"))
    return identity_standing(told_about_her(), [maiden])


def told_by_a_report():
    """A report whose every word somebody may have typed."""
    name = TransmittedCode("11984-2", "LN", "HC of Secret")
    unit = TransmittedCode("x", "99SECRET", "Secrets")
    lengths = (
        told(name, fetus="twin of Secret", derivation="Mean by Secret"),
        told(value="171.0", unit=unit, fetus="B"),
    )
    unread = ("What the SR of Secret says cannot be read.",)
    console = report(*lengths, name="Secret_SR.dcm", device="Console of Secret", unread=unread)
    own = OwnReport("Accepter Secret", "2002-03-04 05:06", is_whole=True)
    return ReportsBeside(IMAGE, (console, report(told(), name="Secret_earlier.dcm", own=own)))


def everything_told():
    """A screen with every secret."""
    row = PictureStanding(on_day(140), Repeat.CORRECTION)
    return Screen(
        exam=told_about_her(),
        identity=asked_who_she_is(),
        picture=row,
        correction_reason="corrected for Secret",
        heads_beside=(on_day(140, fetus=Fetus("B", "right of Secret")),),
        beside=told_by_a_report(),
    )


def texts_in(part) -> list[str]:
    """Every text in a value that is shown, but those that a field keeps unread."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple | list | frozenset):
        return [text for one in part for text in texts_in(one)]
    if is_dataclass(part) and not isinstance(part, type):
        return [text for name, one in shown_parts(part) for text in texts_in(one)]
    return []


def shown_parts(part):
    """The fields of a value that are for the eye; entries that are hidden are not."""
    unread = {"patient", "fetus", "exam_date", "dating", "refused", "correction_reason", "comment"}
    is_hidden = getattr(part, "is_hidden", False)
    for field in fields(part):
        if field.name in {"image", "standard", "source"}:
            continue
        if is_hidden and field.name in unread:
            continue
        if field.name == "reason" and not getattr(part, "shows_reason", True):
            continue
        yield field.name, getattr(part, field.name)


def texts_made_of(content: WindowContent) -> list[str]:
    """The texts that widgets make no field of: what follows from the fields."""
    side = content.side
    parts = (content.header, side.remarks, tuple(side.summaries.values()), side.chart.words)
    return texts_in(parts)


def shown(screen: Screen) -> WindowContent:
    return window_content(screen)


def test_that_the_plain_view_tells_who_is_examined():
    words = " | ".join(texts_in(shown(everything_told())))

    for secret, what in SECRETS.items():
        assert secret in words, what


def test_that_the_deidentified_view_tells_nobody():
    seen = deidentified(shown(everything_told()))
    words = " | ".join([*texts_in(seen), *texts_made_of(seen)])

    for secret, what in SECRETS.items():
        assert secret not in words, what
    assert "Secret" not in words


def test_that_the_deidentified_summaries_and_remarks_keep_the_numbers_and_no_name():
    plain = shown(Screen(exam=told_about_her(), identity=asked_who_she_is())).side
    told = " | ".join(texts_in(tuple(plain.summaries.values())))
    assert "SECRET-4711" in told
    assert "from the user’s ruler" in told

    hidden = plain.deidentified

    assert hidden.summaries[Section.PATIENT].text == "Patient hidden · 21w1d · comment"
    assert hidden.summaries[Section.CALIBRATION].text == plain.calibration.scale
    assert hidden.summaries[Section.STANDARDS] == plain.summaries[Section.STANDARDS]
    assert hidden.remarks == plain.remarks


def test_that_the_deidentified_remarks_keep_what_a_report_measured():
    plain = shown(Screen(exam=proposed(), beside=told_by_a_report())).side

    told_so = [remark.text for remark in plain.deidentified.remarks]

    assert "Report’s HC 172.0 mm; ours +4.8 mm (+2.8 %)" in told_so
    assert "Report’s HC 171.0 (B); its unit is not known here, so not compared" in told_so


def test_that_the_deidentified_remarks_do_not_tell_the_day():
    exam = accepted()
    day = local_text(exam.acceptance.at)
    side = shown(Screen(exam=exam)).side

    assert day in side.remarks[0].text
    assert day not in " ".join(texts_in(side.deidentified.remarks))


def left_unfinished():
    exam = told_about_her()
    editing = Editing.of(exam, supersedes=None).recorded(reshaped)
    at = datetime(1999, 8, 7, 12, tzinfo=UTC)
    return Draft.of(editing, PictureKey.of(exam.image), at=at)


def test_that_the_start_page_tells_whose_examination_is_unfinished():
    words = " | ".join(texts_in(shown(Screen(unfinished=(left_unfinished(),)))))

    assert all(secret in words for secret in SECRETS_AT_START)


def test_that_the_deidentified_start_page_tells_nobody():
    named = FhcError("Secret_Vera.png waits to be logged.", "Open Secret_Vera.png.")
    log = LogStanding(is_open=True, not_logged=2, waiting=1, why=named)

    seen = deidentified(shown(Screen(unfinished=(left_unfinished(),), log=log)))
    words = " | ".join(texts_in(seen))

    assert not any(secret in words for secret in SECRETS_AT_START)
    assert "Secret" not in words
    assert len(seen.start.rows) == 1
    assert not seen.start.can_delete
    assert seen.status.log.words == "2 accepted, NOT LOGGED   ·   1 measurement waits to be logged"


@pytest.mark.parametrize("screen", [Screen(is_list_shown=True), Screen(exam=proposed())])
def test_that_only_the_start_page_offers_what_is_unfinished(screen):
    assert shown(replace(screen, unfinished=(left_unfinished(),))).start.rows == ()


def test_that_the_deidentified_view_keeps_every_number():
    plain = shown(Screen(exam=told_about_her()))
    seen = deidentified(plain)

    assert seen.side.measurement == plain.side.measurement
    assert seen.side.growth == plain.side.growth
    assert seen.side.chart == plain.side.chart
    assert seen.side.calibration.scale == plain.side.calibration.scale
    assert seen.enabled == plain.enabled
    assert seen.picture.is_blanked
    assert seen.picture.outline_px == plain.picture.outline_px


def test_that_a_display_changes_nothing_of_the_window_but_how_the_picture_is_shown():
    exam = told_about_her()
    plain = shown(Screen(exam=exam))

    other = shown(Screen(exam=exam, display=Display(gamma=2.0)))

    assert other.picture.display == Display(gamma=2.0)
    assert replace(other, picture=plain.picture) == plain


def test_that_what_she_entered_is_kept_unread():
    seen = deidentified(shown(Screen(exam=told_about_her())))

    assert seen.side.patient.is_hidden
    assert seen.side.patient.patient == Patient("SECRET-4711", "Vera Secret")
    assert seen.side.patient.notes.reason == "because of Secret"
    assert seen.side.patient.comment == "said of Secret\nand more"


def test_that_a_clip_tells_nobody_whether_it_stands_or_plays():
    exam = told_about_her()
    source = replace(exam.image.source, frame=2, frame_count=9)
    clip = ClipState(
        readings=(FrameReading(1, problem="cannot be read"), FrameReading.of(exam)),
        measured=(2, 9),
    )
    standing = Screen(exam=replace(exam, image=replace(exam.image, source=source)), clip=clip)
    before = (standing, shown(standing))
    playing = Screen(clip=replace(clip, playing=standing.exam.image))

    for content in (before[1], window_content_after(before, playing)):
        assert content.clip.frame_count == 9
        words = " | ".join([*texts_in(deidentified(content)), *texts_in(content.clip)])
        assert "Secret" not in words
        assert "SECRET" not in words
        assert deidentified(content).picture.is_blanked


def test_that_the_mean_tells_nobody():
    parts = (on_day(140, patient=Patient("SECRET-4711", "Vera Secret"), operator="Dr Secret"),) * 2
    seen = deidentified(shown(Screen(exam=told_about_her(), mean=MeanHc(parts))))

    assert seen.mean.words.startswith("Mean of 2: HC 175.0 mm")
    assert "Secret" not in " ".join(texts_in(seen))


def test_that_no_number_of_another_frame_stands_beside_a_clip_that_plays():
    exam = proposed()
    standing = Screen(exam=exam)
    content = window_content_after(
        (standing, shown(standing)), Screen(clip=ClipState(playing=exam.image))
    )

    assert content.is_stale
    assert content.picture.outline_px is None
    assert content.picture.is_inert
    assert content.side.measurement.figure == "–"
    assert content.header.text == ""
    assert content.side.growth is content.side.chart is None
    assert content.side.calibration == CalibrationContent()
    assert content.side.patient == shown(standing).side.patient
    assert "accept" not in content.enabled
    assert "play" in content.enabled


def test_that_nothing_stands_beside_a_picture_whose_file_is_still_being_read():
    before = Screen(exam=told_about_her())
    picture = replace(proposed().image, source=ImageSource(Path("/scans/Secret_Vera.dcm"), ""))
    reading = Screen(glimpse=picture, activity="Opening Secret_Vera.dcm …")

    for shown_before in (None, (before, shown(before))):
        content = window_content_after(shown_before, reading)
        assert content.page is Page.IMAGE
        assert content.picture.image is picture
        assert content.picture.outline_px is None
        assert content.picture.is_inert
        assert content.is_stale
        assert content.banner == shown(Screen()).banner
        assert content.side.measurement.figure == "–"
        assert content.side.growth is content.side.chart is None
        assert content.header.text == ""
        assert content.activity == "Opening Secret_Vera.dcm …"
        assert not {"accept", "export", "draw", "ruler", "play"} & content.enabled
        words = " | ".join(texts_in(deidentified(content)))
        assert "Secret" not in words
        assert "SECRET" not in words
        assert deidentified(content).picture.is_blanked


def test_that_deidentifying_twice_is_deidentifying_once():
    once = deidentified(shown(Screen(exam=told_about_her(), activity="Looking for the head …")))

    assert deidentified(once) == once


@pytest.mark.parametrize("exam", [None, proposed()])
def test_that_what_runs_is_told_without_the_files_name(exam):
    content = shown(Screen(exam=exam, activity="Opening Secret_Vera.dcm …"))
    assert content.activity == content.status.activity == "Opening Secret_Vera.dcm …"

    seen = deidentified(content)

    assert seen.activity == seen.status.activity == "Working …"
    assert "Secret" not in " ".join(texts_in(seen))


def test_that_beside_a_list_nobodys_numbers_stand():
    content = shown(Screen(is_list_shown=True, has_catalogue=True))

    assert content.page is Page.LIST
    assert content.side.measurement.figure == "–"
    assert content.side.growth is content.side.chart is content.picture is None
    assert content.banner.name == ""
    assert content.status.text == "Choose an image from the list"


def test_that_an_empty_window_says_so():
    content = shown(Screen())

    assert content.page is Page.START
    assert content.status.text == content.side.measurement.state_words == "No image open"


def test_that_one_state_gives_one_content():
    exam, memory = accepted(), ScaleMemory()

    assert shown(Screen(exam=exam, memory=memory)) == shown(Screen(exam=exam, memory=memory))


def test_that_only_what_is_possible_is_enabled():
    names = {spec.name for spec in ACTIONS}
    empty, found, nothing = (
        shown(Screen(exam=exam)).enabled for exam in (None, proposed(), headless())
    )

    assert empty < found <= names
    assert "accept" in found
    assert "accept" not in nothing
    assert "draw" in nothing
    assert {"undo", "redo"} & shown(Screen(exam=proposed(), can_undo=True)).enabled == {"undo"}


def test_that_the_outline_has_one_state_wherever_it_is_shown():
    for exam, state in ((proposed(), OutlineState.PROPOSED), (accepted(), OutlineState.ACCEPTED)):
        content = shown(Screen(exam=exam))
        assert content.picture.state is content.side.measurement.state is state
        assert content.side.chart.head.state is state


def reshaped(exam):
    return exam.with_outline(exam.outline_px.grown(3.0).turned(0.1))


@pytest.mark.parametrize(
    "step",
    [
        reshaped,
        lambda exam: exam.with_outline(None),
        lambda exam: exam.with_outline(exam.outline_px.grown(400.0)),
        lambda exam: exam.with_patient(Patient("SECRET-4712", "Other")),
        lambda exam: reshaped(exam).with_dating_reason("because of an earlier scan"),
        lambda exam: reshaped(exam).with_fetus(Fetus("B")),
        lambda exam: replace(reshaped(exam), exam_date=date(2025, 1, 1)),
    ],
)
@pytest.mark.parametrize("begin", [told_about_her, proposed, accepted, headless])
def test_that_what_follows_a_step_says_what_is_said_from_nothing(begin, step):
    first = begin()
    if first.outline_px is None:
        first = first.with_outline(proposed().outline_px)
    log = LogStanding(is_open=True)
    before = Screen(exam=first, log=log, beside=told_by_a_report())
    after = replace(before, exam=step(first))

    followed = window_content_after((before, window_content(before)), after)

    assert followed == window_content(after)


def test_that_the_display_stays_while_the_outline_moves():
    first, display = told_about_her(), Display(is_inverted=True)
    before, after = (Screen(exam=one, display=display) for one in (first, reshaped(first)))

    followed = window_content_after((before, window_content(before)), after)

    assert followed == window_content(after)
    assert followed.picture.display == display


def test_that_what_is_on_its_way_to_the_log_says_so_however_often_it_is_shown():
    on_its_way = Screen(exam=proposed(), is_being_written=True)

    once = window_content(on_its_way)
    twice = window_content_after((on_its_way, once), on_its_way)

    assert once.side.measurement.state_words == "Accepted, being written …"
    assert once.status.state == "accepted, being written …"
    assert "accept" not in once.enabled
    assert twice == once
    assert deidentified(once).status.state == once.status.state


def test_that_other_knowledge_of_the_log_is_shown_while_the_outline_moves():
    first = told_about_her()
    before = Screen(exam=first)
    after = Screen(exam=reshaped(first), identity=asked_who_she_is())

    assert window_content_after((before, window_content(before)), after) == window_content(after)


def test_that_patient_and_dating_are_not_made_again_while_the_outline_moves():
    first = told_about_her()
    before, after = Screen(exam=first), Screen(exam=reshaped(first))
    shown = window_content(before)

    followed = window_content_after((before, shown), after)

    assert followed.side.patient is shown.side.patient
    assert followed.side.measurement != shown.side.measurement


OPENING = "Opening Secret_Other.dcm …"


def read_after(exam, **screen):
    """What is shown while another image is read, after an examination."""
    before = Screen(exam=exam)
    return window_content_after((before, window_content(before)), Screen(**screen))


def test_that_while_another_image_is_read_what_was_shown_stays_and_nothing_can_be_done_to_it():
    exam = proposed()
    plain = shown(Screen(exam=exam))

    content = read_after(exam, activity=OPENING)

    assert content.is_stale
    assert content.side == plain.side
    assert content.page is Page.IMAGE
    assert content.picture.is_inert
    assert content.picture.image is exam.image
    assert content.banner.is_stale
    assert content.status.text == content.activity == OPENING
    assert not {"accept", "delete", "ruler", "draw", "undo"} & content.enabled
    assert "open" in content.enabled


def test_that_what_was_shown_stays_however_often_it_is_asked_for_meanwhile():
    first = Screen(exam=proposed())
    reading = Screen(activity=OPENING)

    once = window_content_after((first, window_content(first)), reading)
    twice = window_content_after((reading, once), reading)

    assert twice == once
    back = window_content_after((reading, once), first)
    assert back == window_content(first)


def test_that_what_could_not_be_read_leaves_nothing_stale():
    content = read_after(proposed())

    assert content == window_content(Screen())
    assert not content.is_stale


def test_that_beside_a_list_nothing_stale_stands():
    content = read_after(proposed(), activity="Reading disc …", is_list_shown=True)

    assert content.page is Page.LIST
    assert content.picture is None


def test_that_no_image_before_means_the_first_page_while_one_is_read():
    reading = Screen(activity=OPENING)

    content = window_content_after((Screen(), window_content(Screen())), reading)

    assert content.page is Page.START


def test_that_the_next_frame_is_a_step_from_the_one_that_is_read():
    exam = proposed()
    source = replace(exam.image.source, frame=3, frame_count=4)
    exam = replace(exam, image=replace(exam.image, source=source))

    third = read_after(exam, activity="Opening", awaited_frame=source)
    last = read_after(exam, activity="Opening", awaited_frame=replace(source, frame=4))

    assert third.source == source
    assert last.source.frame == 4
    assert {"next_frame", "previous_frame"} <= third.enabled
    assert "next_frame" not in last.enabled
    assert not third.banner.is_stale


def test_that_what_is_stale_tells_nobody_either():
    content = deidentified(read_after(told_about_her(), activity=OPENING))

    assert "Secret" not in " | ".join(texts_in(content))
    assert content.is_stale
    assert content.picture.is_blanked
