"""Why a file cannot be read, said in the child and heard by us; the sentences are in `unreadable.toml`."""


class Refused(Exception):
    """The file is refused: `code` names a sentence, `params` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
