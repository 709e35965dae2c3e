"""A process that changes one examination until somebody kills it."""

from itertools import count

from fhc_desktop.workflow.keeping import Desk
from tests.storage.draft_examples import a_draft


def draft_for_ever(folder, acknowledgements):
    """Send the number of each change once the disk has it; some changes are not waited for."""
    desk = Desk(folder, lambda _: None)
    for number in count(1):
        desk.put(a_draft(str(number)))
        if number % 3 == 0 and desk.flush():
            acknowledgements.send(number)
