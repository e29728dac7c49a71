"""Forms of the chains pages, by subject."""

from ketenwijs.domain.chains.forms.chains import (
    ACCEPTED,
    LEAVE_OUT,
    ChainForm,
    ColumnsForm,
    ConfirmForm,
    RowForm,
    UploadForm,
    initial_of,
    initial_of_row,
)
from ketenwijs.domain.chains.forms.places import are_right, further_places, further_values

__all__ = [
    "ACCEPTED",
    "LEAVE_OUT",
    "ChainForm",
    "ColumnsForm",
    "ConfirmForm",
    "RowForm",
    "UploadForm",
    "are_right",
    "further_places",
    "further_values",
    "initial_of",
    "initial_of_row",
]
