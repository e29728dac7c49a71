"""The stored queries behind the computed indicators; importing this package fills the catalogue."""

from ketenwijs.domain.reports.queries import assessments, chains, complaints, enquiries, participation

__all__ = ["assessments", "chains", "complaints", "enquiries", "participation"]
