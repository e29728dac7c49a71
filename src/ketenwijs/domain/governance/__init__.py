"""Who governs an agreement and what they decide: bodies, seats, meetings, decisions, commitments, budget.

Main words: body, seat, meeting, decision, commitment. Leans on participants and agreements.
"""
