"""The log's schema, step by step. A step that was ever shipped is never edited: add another."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.chain import link_all
from fhc_desktop.storage.log.faults import newer_version

# "FHCL" in ASCII: tells our databases from anybody else's.
APPLICATION_ID = 0x4648434C

# What SQL cannot say is said in Python, with the database and its key.
Statement = str | Callable[[dbapi2.Connection, str], None]
Step = tuple[Statement, ...]

_APPEND_ONLY_LOG: Step = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE entry (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        entry_id TEXT NOT NULL UNIQUE,
        supersedes TEXT UNIQUE REFERENCES entry (entry_id),
        created_at TEXT NOT NULL,
        operator TEXT NOT NULL,
        image_path TEXT NOT NULL,
        image_sha256 TEXT NOT NULL,
        frame INTEGER NOT NULL,
        mm_per_column REAL,
        mm_per_row REAL,
        calibration_source TEXT,
        calibration_detail TEXT,
        proposal_center_x_px REAL,
        proposal_center_y_px REAL,
        proposal_semi_axis_a_px REAL,
        proposal_semi_axis_b_px REAL,
        proposal_angle_rad REAL,
        outline_center_x_px REAL NOT NULL,
        outline_center_y_px REAL NOT NULL,
        outline_semi_axis_a_px REAL NOT NULL,
        outline_semi_axis_b_px REAL NOT NULL,
        outline_angle_rad REAL NOT NULL,
        model_name TEXT,
        model_version TEXT,
        model_sha256 TEXT,
        device TEXT,
        dating_method TEXT,
        dating_date TEXT,
        dating_age_days INTEGER,
        exam_date TEXT,
        patient_id TEXT NOT NULL,
        patient_name TEXT NOT NULL,
        hc_mm REAL,
        hc_px REAL NOT NULL,
        standard_key TEXT NOT NULL,
        z REAL,
        percentile REAL,
        software_version TEXT NOT NULL,
        CHECK ((hc_mm IS NULL) = (mm_per_column IS NULL)),
        CHECK ((z IS NULL) = (percentile IS NULL))
    ) STRICT
    """,
    """
    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry is never changed'); END
    """,
    """
    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry is never deleted'); END
    """,
    # INSERT OR REPLACE deletes the old row without asking the trigger above.
    """
    CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
    WHEN EXISTS (
        SELECT 1 FROM entry
        WHERE sequence = NEW.sequence OR entry_id = NEW.entry_id OR supersedes = NEW.supersedes
    )
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry is never replaced'); END
    """,
    # The foreign key alone would let an entry supersede itself.
    """
    CREATE TRIGGER entry_supersedes_an_earlier_one BEFORE INSERT ON entry
    WHEN NEW.supersedes IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM entry WHERE entry_id = NEW.supersedes)
    BEGIN SELECT RAISE(ABORT, 'an entry supersedes an earlier one'); END
    """,
    """
    CREATE TRIGGER entry_comes_last AFTER INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM entry WHERE sequence > NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an entry comes last'); END
    """,
)

# What the model said of its own proposal; entries from before have none of it.
_CONFIDENCE: Step = (
    "ALTER TABLE entry ADD COLUMN proposal_grade TEXT",
    # A JSON list of texts.
    """
    ALTER TABLE entry ADD COLUMN proposal_reasons TEXT
    CHECK ((proposal_reasons IS NULL) = (proposal_grade IS NULL))
    """,
    "ALTER TABLE entry ADD COLUMN proposal_spread REAL",
    "ALTER TABLE entry ADD COLUMN proposal_interval_low_mm REAL",
    """
    ALTER TABLE entry ADD COLUMN proposal_interval_high_mm REAL
    CHECK ((proposal_interval_high_mm IS NULL) = (proposal_interval_low_mm IS NULL))
    """,
    """
    ALTER TABLE entry ADD COLUMN proposal_interval_coverage REAL
    CHECK ((proposal_interval_coverage IS NULL) = (proposal_interval_low_mm IS NULL))
    """,
    "ALTER TABLE entry ADD COLUMN proposal_interval_heads INTEGER",
)

# What a dating by LMP and one by CRL rest on beside their day; entries from before have none.
_DATING: Step = (
    "ALTER TABLE entry ADD COLUMN dating_cycle_days INTEGER",
    "ALTER TABLE entry ADD COLUMN dating_crl_mm REAL",
)

# Which fetus it was, and why the pregnancy's dates changed with this entry.
_PREGNANCY: Step = (
    "ALTER TABLE entry ADD COLUMN dating_reason TEXT",
    "ALTER TABLE entry ADD COLUMN fetus_label TEXT",
    "ALTER TABLE entry ADD COLUMN fetus_position TEXT",
)

# Who gave the identifier, when she was born, which of the women under that identifier she is by
# a clinician's word (a JSON list), and the picture by its pixels; entries from before have none.
_IDENTITY: Step = (
    "ALTER TABLE entry ADD COLUMN patient_issuer TEXT",
    "ALTER TABLE entry ADD COLUMN patient_birth_date TEXT",
    "ALTER TABLE entry ADD COLUMN patient_answers TEXT",
    "ALTER TABLE entry ADD COLUMN pixels_sha256 TEXT",
)

# How it came to an acceptance; entries from before have none of it. What is added to ``entry``
# from here on has no default: an empty cell is no part of a row's link.
_CIRCUMSTANCES: Step = (
    "ALTER TABLE entry ADD COLUMN seconds_to_accept REAL",
    "ALTER TABLE entry ADD COLUMN correction_reason TEXT",
    "ALTER TABLE entry ADD COLUMN scanner_manufacturer TEXT",
    "ALTER TABLE entry ADD COLUMN scanner_model TEXT",
    "ALTER TABLE entry ADD COLUMN numbers_hidden INTEGER CHECK (numbers_hidden IN (0, 1))",
    "ALTER TABLE entry ADD COLUMN display_state TEXT",
    "ALTER TABLE entry ADD COLUMN utc_offset_seconds INTEGER",
    "ALTER TABLE entry ADD COLUMN clock_note TEXT",
)

# The chain over the rows; in the same step, so that no row is without its link.
_CHAIN: Step = (
    """
    CREATE TABLE link (
        sequence INTEGER PRIMARY KEY REFERENCES entry (sequence),
        code TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER link_is_never_changed BEFORE UPDATE ON link
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a link is never changed'); END
    """,
    """
    CREATE TRIGGER link_is_never_deleted BEFORE DELETE ON link
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a link is never deleted'); END
    """,
    """
    CREATE TRIGGER link_comes_last BEFORE INSERT ON link
    WHEN EXISTS (SELECT 1 FROM link WHERE sequence >= NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a link comes last'); END
    """,
    link_all,
)

# What entries are found by without reading all of them: see findings.py, which fills the table.
_FINDINGS: Step = (
    """
    CREATE TABLE finding (
        sequence INTEGER PRIMARY KEY REFERENCES entry (sequence),
        corrects INTEGER UNIQUE REFERENCES entry (sequence),
        accepted TEXT NOT NULL,
        examined TEXT,
        identifier BLOB,
        name BLOB,
        issuer BLOB,
        fetus BLOB,
        hc_mm REAL,
        z REAL,
        standard BLOB,
        age_days INTEGER,
        origin TEXT NOT NULL,
        grade TEXT,
        operator BLOB,
        image BLOB
    ) STRICT
    """,
    "CREATE INDEX finding_examined ON finding (examined)",
    "CREATE INDEX finding_issuer ON finding (issuer) WHERE issuer IS NOT NULL",
    "CREATE INDEX finding_fetus ON finding (fetus) WHERE fetus IS NOT NULL",
    "CREATE INDEX entry_patient ON entry (patient_id)",
    "CREATE INDEX entry_operator ON entry (operator)",
    "CREATE INDEX entry_image ON entry (image_sha256)",
    "CREATE INDEX entry_pixels ON entry (pixels_sha256)",
)

# What the operator says of it; entries from before say nothing.
_COMMENT: Step = ("ALTER TABLE entry ADD COLUMN comment TEXT",)

MIGRATIONS: tuple[Step, ...] = (
    _APPEND_ONLY_LOG,
    _CONFIDENCE,
    _DATING,
    _PREGNANCY,
    _IDENTITY,
    (*_CIRCUMSTANCES, *_CHAIN),
    _FINDINGS,
    _COMMENT,
)


def upgrade(
    connection: dbapi2.Connection, migrations: Sequence[Step] = MIGRATIONS, *, key: str = ""
) -> None:
    """Bring a database to the last version, each step in a transaction of its own.

    Another process may upgrade at the same time, so each step looks anew where the database is.

    Raises:
        LogUnavailable: a newer version of the program has been here.
    """
    while True:
        with transaction(connection):
            version = schema_version(connection)
            if version > len(migrations):
                raise newer_version()
            if version == len(migrations):
                return
            for statement in migrations[version]:
                _run(statement, connection, key)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def _run(statement: Statement, connection: dbapi2.Connection, key: str) -> None:
    if isinstance(statement, str):
        connection.execute(statement)
    else:
        statement(connection, key)


def schema_version(connection: dbapi2.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def transaction(connection: dbapi2.Connection) -> Iterator[None]:
    """Do all of it or none; the lock to write is taken at the start, not half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may already have rolled it back.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
