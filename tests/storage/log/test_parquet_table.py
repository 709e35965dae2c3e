"""A Parquet file has the types of the log's columns; without its library a sentence says so."""

from datetime import UTC, date, datetime
from importlib.util import find_spec

import pytest

from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.parquet_table import write_parquet
from fhc_desktop.storage.log.table_columns import Holds, TableColumn

COLUMNS = [TableColumn(holds.name.lower(), holds) for holds in Holds]
ROWS = [
    {
        "text": "scan\udcff.png",
        "whole": 3,
        "number": 174.8,
        "day": "2026-05-01",
        "time": "2026-05-01T08:30:00.000001+00:00",
    },
    dict.fromkeys(("text", "whole", "number", "day", "time")),
]


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs pyarrow (the extra parquet)")
def test_that_every_column_comes_back_with_its_type(tmp_path):
    from pyarrow.parquet import read_table

    write_parquet(tmp_path / "log.parquet", COLUMNS, [ROWS[:1], ROWS[1:]])

    full, empty = read_table(tmp_path / "log.parquet").to_pylist()
    assert full == {
        "text": "scan\\udcff.png",
        "whole": 3,
        "number": 174.8,
        "day": date(2026, 5, 1),
        "time": datetime(2026, 5, 1, 8, 30, 0, 1, tzinfo=UTC),
    }
    assert set(empty.values()) == {None}


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is there")
def test_that_a_missing_library_is_told_with_what_to_do(tmp_path):
    with pytest.raises(LogNotExported, match=r"pyarrow.*pip install 'fhc-desktop\[parquet\]'"):
        write_parquet(tmp_path / "log.parquet", COLUMNS, [])
