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

__all__ = [
    "ACCEPTED",
    "LEAVE_OUT",
    "ChainForm",
    "ColumnsForm",
    "ConfirmForm",
    "RowForm",
    "UploadForm",
    "initial_of",
    "initial_of_row",
]
