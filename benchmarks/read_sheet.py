"""Measures the reading of supplier sheets against openpyxl, its growth, and the memory of the child.

Run with `python benchmarks/read_sheet.py [rows]`; prints ratios and growth. Nothing is stored.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import openpyxl  # noqa: E402 - after the path is set
from python_calamine import CalamineWorkbook  # noqa: E402

from ketenwijs.domain.chains.intake import load_vocabulary, read_in_child, read_sheet  # noqa: E402

REFERENCE = ROOT / "content" / "reference"
HEADINGS = (
    "Leverancier",
    "Land",
    "Steensoort",
    "Afwerking",
    "Hoeveelheid (ton)",
    "Inkoopwaarde €",
    "Fabriek",
    "Plaats fabriek",
    "Groeve",
    "Plaats groeve",
    "Opmerking",
)


def workbook_of(rows: int) -> bytes:
    """An invented sheet with mixed notations, unknown quarries and a total, always the same."""
    chance = random.Random(7)  # noqa: S311 - invented data
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Voorbeeldfirma, verzonnen gegevens"])
    sheet.append([])
    sheet.append(HEADINGS)
    total = 0.0
    for number in range(rows):
        tonnes = chance.randrange(100, 9000) / 10
        total += tonnes
        written = tonnes if number % 3 else f"{tonnes:.2f}".replace(".", ",")
        value = chance.randrange(10_000, 4_000_000) / 100
        supplier = chance.randrange(rows // 10 + 1)
        sheet.append(
            [
                f"Voorbeeldleverancier {supplier} Ltd.",
                chance.choice(["India", "China (VR)", "Viëtnam", "België"]),
                chance.choice(["graniet", "Hardsteen", "marmer", "basalt"]),
                "gevlamd",
                written,
                value,
                f"Werkplaats {supplier}-{number % 4}",
                "Voorbeeldstad",
                chance.choice(["onbekend", "nagevraagd 3-11-2025", None, f"Groeve {number % 900}"]),
                None,
                f"nota {number}",
            ]
        )
    sheet.append(["Totaal", None, None, None, round(total, 2)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best processor time of a few runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def cells_by_calamine(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def cells_by_openpyxl(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for _ in sheet.iter_rows(values_only=True):
            pass


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    words = load_vocabulary(REFERENCE)
    measured = {}
    for rows in (most // 10, most):
        data = workbook_of(rows)
        if rows == most:
            # First the child, while nothing larger has run, so that its own peak is what the system reports.
            start = time.perf_counter()
            read_in_child(data, "bench.xlsx", vocabulary_directory=REFERENCE)
            in_child = time.perf_counter() - start
            child_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        whole = seconds(lambda data=data: read_sheet(data, "bench.xlsx", words=words))
        measured[rows] = whole, len(read_sheet(data, "bench.xlsx", words=words).records)
    whole, records = measured[most]
    calamine, extract = seconds(lambda: cells_by_calamine(data)), seconds(lambda: cells_by_openpyxl(data), 2)
    load = seconds(lambda: openpyxl.load_workbook(io.BytesIO(data)), 2)
    small = measured[most // 10][0]
    print(f"{most} rows, {len(data) / 1e6:.1f} MB, {records} records")
    print(f"cells: calamine {calamine:.3f} s, openpyxl {extract:.3f} s, {extract / calamine:.1f} times as fast (aim 5)")
    print(f"whole reading {whole:.3f} s, openpyxl load alone {load:.3f} s, ratio {whole / load:.2f} (aim at most 1)")
    print(f"growth from {most // 10} rows: {whole / small:.1f} times the time for 10 times the rows")
    print(f"in a child process: {in_child:.2f} s waiting, peak {child_peak:.0f} MB (aim under 300)")


if __name__ == "__main__":
    main()
