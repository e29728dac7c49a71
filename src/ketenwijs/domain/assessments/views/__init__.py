"""Pages of the yearly round: the firm's side, the assessor's side, and the board."""
