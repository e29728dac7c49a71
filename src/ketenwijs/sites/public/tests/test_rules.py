"""Where an agreement stands as of a day, from its moments and terms, without claiming more than sources tell."""

import pytest

from ketenwijs.sites.public.rules import NO_END_FOUND, last_heard, moment_as_of, signed_on, stands


def life(*moments):
    return [{"on": on, "stage": stage, "precision": "day", "source": "told"} for on, stage in moments]


def term(starts_on, ends_on=None):
    days = {"starts_on": starts_on, "ends_on": ends_on}
    return {**days, "starts_precision": "day", "ends_precision": "day", "source": "term"}


def agreement(moments, *terms, documents=()):
    return {"life": life(*moments), "terms": list(terms), "documents": list(documents)}


@pytest.mark.parametrize(
    ("found", "day", "stage", "since"),
    [
        (agreement([("2019-05-23", "signed")], term("2019-07-01", "2024-06-30")), "2019-06-01", "signed", "2019-05-23"),
        (agreement([("2019-05-23", "signed")], term("2019-07-01", "2024-06-30")), "2020-01-01", "running", "2019-07-01"),
        (agreement([("2019-05-23", "signed")], term("2019-07-01", "2024-06-30")), "2024-07-01", "ended", "2024-06-30"),
        (agreement([("2024-10-01", "extended")], term("2019-10-01", "2025-01-01")), "2024-12-01", "extended", "2024-10-01"),
        (
            agreement([("2024-06-30", "ended")], term("2019-07-01", "2024-06-30"), term("2025-11-17")),
            "2026-01-01",
            "running",
            "2025-11-17",
        ),
        (agreement([("2022-09-22", "ended")], term("2019-07-02", "2022-09-22")), "2026-01-01", "ended", "2022-09-22"),
        (agreement([("2017-01-01", "negotiating")], term("2019-07-02", "2022-09-22")), "2018-01-01", "negotiating", "2017-01-01"),
        (agreement([], term("2019-07-02", "2022-09-22")), "2020-01-01", "running", "2019-07-02"),
        (agreement([], term("2019-07-02", "2022-09-22")), "2023-01-01", "ended", "2022-09-22"),
        (agreement([], term("2019-07-02")), "2018-01-01", "", ""),
    ],
)  # fmt: skip
def test_the_last_moment_and_the_terms_tell_where_an_agreement_stands(found, day, stage, since):
    told = stands(found, day)
    assert (told.stage, told.since) == (stage, since)


def test_an_agreement_without_end_is_not_said_to_run_after_years_of_silence():
    found = agreement([("2014-11-17", "signed"), ("2019-01-14", "running")], term("2014-11-17"))
    assert stands(found, "2021-01-01").stage == "running"
    told = stands(found, "2022-02-01")
    assert (told.stage, told.since) == (NO_END_FOUND, "2019-01-14")


def test_a_report_counts_as_a_sign_of_life():
    found = agreement(
        [("2018-01-01", "running")],
        term("2018-01-01"),
        documents=[{"published_on": "2024-05-01", "precision": "month"}],
    )
    assert last_heard(found, "2025-01-01") == ("2024-05-01", "month")
    assert stands(found, "2025-01-01").stage == "running"


def test_the_first_signing_counts_and_moments_in_the_future_do_not():
    found = agreement([("2019-05-10", "signed"), ("2025-02-01", "signed"), ("2030-01-01", "ended")], term("2019-10-01"))
    assert signed_on(found) == "2019-05-10"
    assert moment_as_of(found["life"], "2026-01-01")["on"] == "2025-02-01"
    assert moment_as_of(found["life"], "2010-01-01") is None
