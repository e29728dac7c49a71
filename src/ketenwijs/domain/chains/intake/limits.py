"""How big a sheet may be and how much work a file may cause before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds; the defaults are the house's (security design, section 7)."""

    file_size: int = 25_000_000
    members: int = 200
    unpacked: int = 100_000_000
    ratio: int = 100
    ratio_from: int = 1_000_000
    """A small part may compress well without harm: the ratio counts from this unpacked size."""
    rows: int = 10_000
    columns: int = 200
    cells: int = 2_000_000
    cell_length: int = 32_767
    name_length: int = 300
    child_memory: int = 512_000_000
    child_seconds: int = 20

    @property
    def last_row(self) -> int:
        """Rows above, between and below the rows of data get some room; a cell below this is far away."""
        return self.rows + max(1_000, self.rows // 2)
