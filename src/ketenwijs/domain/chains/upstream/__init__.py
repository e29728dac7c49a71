"""All places upstream of every firm, however many steps away: pure calculation over numbered firms and places.

Main words: ways (who buys where, and which place gets from which), reach (the firms that lead to a place), figures (what
each firm's ways amount to). Places on a circle are upstream of each other and of themselves, and count once.
"""

from ketenwijs.domain.chains.upstream.figures import FirmFigures, firm_figures
from ketenwijs.domain.chains.upstream.keeping import Upstream
from ketenwijs.domain.chains.upstream.ways import NOWHERE, Ways, ways_of

__all__ = ["NOWHERE", "FirmFigures", "Upstream", "Ways", "firm_figures", "ways_of"]
