"""From degrees to the picture of the world. The projection is Equal Earth: areas keep their proportion, which a map that
counts things must.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 4000, 1840
SOUTH, NORTH = -57.0, 79.0
A = (1.340264, -0.081106, 0.000893, 0.003796)
Point = tuple[float, float]
FRAME_SIZE = 600
"""The longer side of the picture of one country."""


def equal_earth(longitude: float, latitude: float) -> Point:
    """Degrees to the plane, x and y in units of the earth's radius (Savric, Patterson and Jenny, 2018)."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 9 * A[3] * sixth * square + 7 * A[2] * sixth + 3 * A[1] * square + A[0]
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (A[3] * sixth * square + A[2] * sixth + A[1] * square + A[0])


LEFT, RIGHT = equal_earth(-180, 0)[0], equal_earth(180, 0)[0]
BOTTOM, TOP = equal_earth(0, SOUTH)[1], equal_earth(0, NORTH)[1]


def on_page(longitude: float, latitude: float) -> Point:
    """Degrees to the picture's coordinates."""
    x, y = equal_earth(longitude, max(SOUTH, min(NORTH, latitude)))
    return (x - LEFT) / (RIGHT - LEFT) * WIDTH, (TOP - y) / (TOP - BOTTOM) * HEIGHT


@dataclass(frozen=True)
class Frame:
    """A window on one country: south, west, north, east in degrees. Near enough to true for a small picture, because a
    degree of longitude is drawn as long as it is halfway the window.
    """

    south: float
    west: float
    north: float
    east: float

    @property
    def step(self) -> float:
        """Steps of the picture in a degree of latitude."""
        return FRAME_SIZE / max(self.north - self.south, (self.east - self.west) * self._narrow)

    @property
    def width(self) -> int:
        """Width of the picture in its own steps."""
        return math.ceil((self.east - self.west) * self._narrow * self.step)

    @property
    def height(self) -> int:
        """Height of the picture in its own steps."""
        return math.ceil((self.north - self.south) * self.step)

    def on_page(self, longitude: float, latitude: float) -> Point:
        """Degrees to the picture's coordinates."""
        return (longitude - self.west) * self._narrow * self.step, (self.north - latitude) * self.step

    @property
    def _narrow(self) -> float:
        return math.cos(math.radians((self.north + self.south) / 2))
