"""Every change of a case: opening, writing, keys, moves, erasing."""
