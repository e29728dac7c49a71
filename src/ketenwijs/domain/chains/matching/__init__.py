"""Finds which rows of a new list are sites of a register, with a probability and the reasons."""
