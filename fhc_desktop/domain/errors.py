"""The world's faults, told in a clinician's words."""


class FhcError(Exception):
    """Something outside the program is not as it must be; nothing has been lost.

    ``problem`` says in one sentence what is wrong, ``remedy`` in one sentence what to do.
    Faults of the program itself are never an ``FhcError``: they keep their traceback.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy
