"""All upstream sites, countries and coverage of many firms: seconds, memory and growth; one firm; one changed link.

Run on demand: `python benchmarks/upstream.py`. Each size and shape runs in a process of its own, so that its peak memory
(resource.getrusage) is its own; prints processor time and ratios, never a verdict. Aims: 10,000 firms with 100,000 sites
and 1,000,000 links under 5 s and 400 MB, one firm's under 15 ms.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

SIZES = ((1_000, 10_000, 100_000), (10_000, 100_000, 1_000_000))
"""Firms, sites, links; a fifth of the links are purchases by firms, the others go from site to site."""

COUNTRIES, KINDS, OPEN = 60, 6, 0.2
TRIES = {"line": 3}
USUAL_TRIES = 25


def world(shape: str, firms: int, sites: int, links: int) -> dict[str, Any]:
    """Invented ways. `tiers`: six tiers as in trade. `any`: from any site to any later one, deep and dense. `circles`:
    as tiers, with every hundredth link the wrong way round. `line`: one way through all sites.
    """
    dice = np.random.default_rng(2026)
    buying = links // 5
    near, far = dice.integers(0, sites, links - buying), dice.integers(0, sites, links - buying)
    if shape == "line":
        near, far = np.arange(sites - 1), np.arange(1, sites)
    elif shape == "any":
        near, far = np.minimum(near, far), np.maximum(near, far)
    else:
        tier = sites // KINDS
        near = near % (tier * (KINDS - 1))
        far = (near // tier + 1) * tier + far % tier
    if shape == "circles":
        turned = dice.random(len(near)) < 0.01
        near, far = np.where(turned, far, near), np.where(turned, near, far)
    apart = near != far
    return {
        "firms": firms,
        "kinds": np.arange(sites) * KINDS // sites,
        "countries": dice.integers(1, COUNTRIES, sites),
        "bought": (dice.integers(0, firms, buying), dice.integers(0, sites // KINDS, buying)),
        "onward": (near[apart], far[apart]),
        "open_places": np.flatnonzero(dice.random(sites) < OPEN),
    }


def spent(deed: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of something, and what it gave."""
    started = time.process_time()
    given = deed()
    return time.process_time() - started, given


def measure(shape: str, size: tuple[int, int, int], answers: Any) -> None:
    """In a process of its own: everything at once, one firm, one link less and more."""
    from ketenwijs.domain.chains.upstream import Upstream, firm_figures, ways_of

    plain = world(shape, *size)
    reading, ways = spent(lambda: ways_of(**plain))
    all_firms, upstream = spent(lambda: Upstream(ways))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tries = TRIES.get(shape, USUAL_TRIES)
    some = np.random.default_rng(7).integers(0, size[0], tries).tolist()
    single = [spent(lambda f=firm: firm_figures(ways, f)) for firm in some]
    assert all(given[0] == upstream.firm(firm) for firm, (_time, given) in zip(some, single, strict=True))
    changed = []
    froms, tos = ways.onward.froms(), ways.onward.tos
    for at in np.random.default_rng(8).integers(0, len(tos), tries).tolist():
        link = int(froms[at]), int(tos[at])
        gone = spent(lambda one=link: upstream.unlink_places(*one))[0]
        above = upstream.worked
        changed.append((gone, spent(lambda one=link: upstream.link_places(*one))[0], above))
    answers.put(
        {
            "all": reading + all_firms,
            "MB": peak,
            "sites": float(upstream.figures.places.mean()),
            "share": float(upstream.figures.share().mean()),
            "one": statistics.median(one for one, _given in single) * 1000,
            "one_worst": max(one for one, _given in single) * 1000,
            "gone": statistics.median(one[0] for one in changed) * 1000,
            "back": statistics.median(one[1] for one in changed) * 1000,
            "worst": max(max(one[:2]) for one in changed) * 1000,
            "above": statistics.median(one[2] for one in changed),
        }
    )


def alone(shape: str, size: tuple[int, int, int]) -> dict[str, float]:
    """What `measure` found, in a fresh process."""
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    process = context.Process(target=measure, args=(shape, size, answers))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{shape} {size} failed")
    found: dict[str, float] = answers.get()
    return found


def main() -> None:
    """Measure every shape in both sizes, print."""
    for shape in ("tiers", "any", "circles", "line"):
        found = [alone(shape, size) for size in SIZES]
        for (firms, sites, links), one in zip(SIZES, found, strict=True):
            print(
                f"{shape}: {firms:,} firms, {sites:,} sites, {links:,} links: all in {one['all']:.2f} s of processor time, "
                f"peak {one['MB']:.0f} MB; {one['sites']:,.0f} sites a firm, {one['share']:.0%} known"
            )
            print(
                f"  one firm {one['one']:.1f} ms (worst {one['one_worst']:.1f}); a link less {one['gone']:.2f} ms, "
                f"one more {one['back']:.2f} ms (worst {one['worst']:.0f}; {one['above']:,.0f} sites above it)"
            )
        small, large = found
        print(
            f"  ten times the links, a hundred times firms x sites: {large['all'] / small['all']:.1f} times the time, "
            f"{large['MB'] / small['MB']:.1f} times the memory; one changed link {large['gone'] / large['all'] / 1000:.5f} "
            f"of working all out"
        )


if __name__ == "__main__":
    main()
