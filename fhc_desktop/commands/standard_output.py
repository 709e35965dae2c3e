"""Standard output, whatever it is connected to."""

import io
import os
import sys


def print_text(text: str) -> bool:
    """Write to standard output, whatever it is connected to; return whether all of it went."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name in a script that the console lacks shows as escapes; line ends stay as they are.
        sys.stdout.reconfigure(errors="backslashreplace", newline="")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough.
        _drop_the_rest()
        return False
    except OSError as cause:
        print(
            f"The result could not be written to standard output ({cause.strerror}). "
            "Make room on the disk, or name another file with --out.",
            file=sys.stderr,
        )
        _drop_the_rest()
        return False
    return True


def _drop_the_rest() -> None:
    """Keep Python from trying the same again, loudly, when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
