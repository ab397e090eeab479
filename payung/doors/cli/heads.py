"""The head of a hash chain as it is printed, written down, and expected later: CHAIN:POSITION:HASH."""

import argparse
import re

HEAD = re.compile(r"(?P<chain>\d+):(?P<position>\d+):(?P<link>[0-9a-f]{64})")


def head(text: str) -> tuple[int, tuple[int, str]]:
    """Reads a head; an argparse type."""
    found = HEAD.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} bukan kepala rantai (RANTAI:POSISI:HASH)")
    return int(found["chain"]), (int(found["position"]), found["link"])
