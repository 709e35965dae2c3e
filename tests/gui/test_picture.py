"""The picture of the window waits for the model and shows its outline."""

from threading import Event, Timer

import pytest
from PySide6.QtGui import QColor, QImage

from fhc_desktop.gui.picture import save_picture
from fhc_desktop.gui.widgets import style
from tests.fakes import FakeSegmenter
from tests.reading import READERS

pytestmark = pytest.mark.gui


@pytest.mark.usefixtures("dressed")
def test_that_the_picture_waits_for_the_models_outline(tmp_path, folders, phantom, calibrated):
    target, gate = tmp_path / "window.png", Event()
    # Longer than a picture takes that waits for nothing.
    Timer(2.0, gate.set).start()

    save_picture(
        calibrated,
        target,
        folders=folders,
        proposer=FakeSegmenter(phantom.outline_px, gate),
        readers=READERS,
    )

    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (1366, 768)
    image_side = [picture.pixelColor(x, y) for x in range(0, 1000, 2) for y in range(100, 700, 2)]
    assert image_side.count(QColor(style.PROPOSAL)) > 20
