"""A firm's risk analysis per country, stone, stage and theme, beside the evidence of public sources.

Main words: theme, evidence, risk, severity, likelihood, involvement, exception. Company data: fenced.
"""
