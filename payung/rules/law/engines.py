"""Which engine reckons: Polars on a laptop, Spark on a cluster, one set of formulas."""

from collections.abc import Callable
from typing import Any, cast

import narwhals as nw
from narwhals.typing import IntoFrameT

Work = nw.LazyFrame[Any] | nw.DataFrame[Any]
"""A frame inside Narwhals, whatever engine stands behind it."""


def reckon(frame: IntoFrameT, formulas: Callable[[Work], Work]) -> IntoFrameT:
    """Applies formulas to any frame Narwhals knows and gives back the same kind, in the same row order.

    A lazy frame stays lazy. A Polars frame in memory goes through Polars' streaming engine, which reckons
    block by block in the processor's cache: half the time for ten million rows.
    """
    given = cast(Work, nw.from_native(cast(Any, frame)))
    if isinstance(given, nw.DataFrame) and given.implementation.is_polars():
        done = formulas(given.lazy()).lazy().collect(engine="streaming")
        return cast(IntoFrameT, done.to_native())
    return cast(IntoFrameT, formulas(given).to_native())
