"""The matcher on Spark, for registers beyond one machine: the optional extra `spark`.

Parts of the register are worked on wherever the cluster has room; only new rows and pairs travel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .sharding import PairFound, Part

MISSING = (
    "Spark is not installed here. Install the extra (pip install 'ketenwijs[spark]') and Java 17, or leave --spark out."
)


class NoSpark(Exception):
    """Spark cannot be used here; the message says what to do."""


def on_spark(master: str) -> Callable[[Callable[[Part], list[PairFound]], Sequence[Part]], Iterable[list[PairFound]]]:
    """A way of running parts on the cluster at `master` (for example local[2] or spark://host:7077).

    Raises `NoSpark` where the extra is not installed or no session starts.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NoSpark(MISSING) from error

    def run(work: Callable[[Part], list[PairFound]], parts: Sequence[Part]) -> list[list[PairFound]]:
        try:
            session: Any = SparkSession.builder.master(master).appName("ketenwijs match-sites").getOrCreate()
        except Exception as error:
            raise NoSpark(
                f"No Spark session starts at {master}. Check the address, and that Java 17 is there."
            ) from error
        try:
            spread = session.sparkContext.parallelize(list(parts), len(parts))
            return list(spread.map(work).collect())
        finally:
            session.stop()

    return run
