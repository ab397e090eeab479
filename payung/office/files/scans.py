"""A paper as a photo or a PDF: told by its content, of bearable size. The one check for every scan that is kept."""

LARGEST_BYTES = 6 * 1024 * 1024
"""Of one paper: what BPJS's own site takes."""
SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}


class ScanRefused(Exception):
    """This is not kept as a scan; `reason` is `too_large` or `not_a_picture`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def media_type(content: bytes) -> str:
    """What the bytes are: a photo (JPEG, PNG) or a PDF. Raises ScanRefused."""
    if len(content) > LARGEST_BYTES:
        raise ScanRefused("too_large")
    found = next((kind for begin, kind in SIGNATURES.items() if content.startswith(begin)), None)
    if found is None:
        raise ScanRefused("not_a_picture")
    return found
