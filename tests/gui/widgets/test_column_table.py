from PySide6.QtCore import Qt

from fhc_desktop.gui.widgets.column_table import Column, ColumnModel, public, telling
from fhc_desktop.reporting.content.numbers import MISSING

NAME = Column("Name", str, lambda row: f"called {row}", is_private=True)
AGE = Column("Age", lambda row: f"{len(row)}", lambda row: f"of {row}", is_tip_private=True)
RARE = Column("Rare", lambda row: row if row == "Zoë" else MISSING, str, is_rare=True)
PLAIN = Column("Plain", lambda _: "plain", lambda _: "as it is")
EVERY = (NAME, AGE, RARE, PLAIN)
TIP = Qt.ItemDataRole.ToolTipRole


def test_that_a_rare_column_is_left_out_where_it_has_nothing_to_say():
    assert telling(EVERY, ["Ada", "Zoë"]) == EVERY
    assert telling(EVERY, ["Ada"]) == (NAME, AGE, PLAIN)
    assert telling(EVERY, []) == (NAME, AGE, PLAIN)


def test_that_of_private_columns_nothing_may_be_seen_and_of_others_no_private_tip():
    age, rare, plain = public(EVERY)

    assert (age.title, age.tip) == ("Age", None)
    assert age.text("Zoë") == "3"
    assert (rare, plain) == (RARE, PLAIN)


def test_that_a_cell_has_its_words_its_tip_and_no_tip_where_there_is_none(qapp):
    model = ColumnModel()
    model.show(EVERY, ["Zoë"])
    assert [model.index(0, column).data() for column in range(4)] == ["Zoë", "3", "Zoë", "plain"]
    assert model.index(0, 1).data(TIP) == "<span>of Zoë</span>"

    model.show(public(EVERY), ["Zoë"])

    assert model.columnCount() == 3
    assert [model.index(0, column).data(TIP) for column in range(3)] == [
        None,
        "<span>Zoë</span>",
        "<span>as it is</span>",
    ]
