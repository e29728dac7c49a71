"""Public copies follow the content: the description of an agreement, how exact days are, and the policy pipeline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.public_shapes import PublicAgreement, PublicFigures
from ketenwijs.domain.agreements.services.packages import publish_pipeline
from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    agreement_content,
    checked,
    example_agreement,
    observations_content,
    staff,
    words,
)
from ketenwijs.foundation.content.checking import check_texts
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.publishing.selectors import current, history
from ketenwijs.foundation.ui.errors import NotAllowed

pytestmark = pytest.mark.django_db


def published(**parts: Any) -> dict[str, Any]:
    result = checked(**parts)
    assert [str(fault) for fault in result.faults] == []
    apply_checked(actor=ROBOT, result=result)
    services.sync_agreements(actor=ROBOT)
    found = current("agreements.agreement", SLUG)
    assert found is not None
    return found.payload


def apply_pipeline(version: str, *sectors: dict[str, Any]) -> None:
    content = {
        "identifier": "policy:pipeline", "version": version, "name": words("pipeline"), "note": words("note"),
        "sectors": list(sectors),
    }  # fmt: skip
    result = check_texts({"policy/pipeline.yaml": yaml.safe_dump(content)})
    assert [str(fault) for fault in result.faults] == []
    apply_checked(actor=ROBOT, result=result)


def sector(code: str) -> dict[str, Any]:
    moments = [{"on": date(2015, 7, 10), "stage": "exploring", "source": "letter"}]
    return {"code": code, "name": words(code), "listed": True, "moments": moments, "source": "analysis"}


def test_what_sources_tell_about_an_agreement_is_public():
    content = agreement_content(
        sector_codes=["slate"],
        complaints_body="external",
        life=[
            {"on": date(2019, 5, 1), "precision": "month", "stage": "signed", "tells": words("signed"), "source": "s"}
        ],
        instrument={"sentence": words("how"), "source": "s"},
        successor="later",
    )
    payload = published(agreement=content)
    assert payload["sector_codes"] == ["slate"]
    assert payload["complaints_body"] == "external"
    assert [(one["on"], one["precision"], one["stage"]) for one in payload["life"]] == [
        ("2019-05-01", "month", "signed")
    ]
    assert payload["instrument"]["sentence"]["nl"] == "how nl"
    assert payload["instrument"]["family"] == ""
    assert payload["terms"][1]["fees"][0]["amount_eur"] == "400"


def test_an_extension_shows_what_was_first_agreed():
    content = agreement_content()
    content["terms"][0]["extended_until"] = date(2023, 9, 30)
    content["terms"][0]["ends_on"] = date(2023, 6, 30)
    first = published(agreement=content)["terms"][0]
    assert (first["ends_on"], first["agreed_end"], first["extended_until"]) == (
        "2023-09-30",
        "2023-06-30",
        "2023-09-30",
    )


def test_how_exact_the_day_of_a_figure_is_becomes_public():
    figures = observations_content()
    figures["figures"][0] |= {"on": date(2021, 11, 1), "precision": "month"}
    published(observations=figures)
    found = current("agreements.figures", SLUG)
    assert found is not None
    shown = {one["identifier"]: (one["reference_date"], one["precision"]) for one in found.payload["figures"]}
    assert shown[f"{SLUG}/total"] == ("2021-11-01", "month")
    assert shown[f"{SLUG}/north"] == (None, "day")


def test_copies_stored_before_these_fields_existed_still_fit_the_shapes():
    example_agreement()
    found, figures = current("agreements.agreement", SLUG), current("agreements.figures", SLUG)
    assert found is not None and figures is not None
    later = {"life", "instrument", "documents", "successor", "sector_codes", "complaints_body", "supporters", "bodies"}
    old = {name: value for name, value in found.payload.items() if name not in later}
    old["terms"] = [{k: v for k, v in one.items() if k not in {"fees", "source", "agreed_end"}} for one in old["terms"]]
    assert PublicAgreement.model_validate(old).life == []
    without = [{k: v for k, v in one.items() if k != "precision"} for one in figures.payload["figures"]]
    assert PublicFigures.model_validate({**figures.payload, "figures": without}).figures[0].precision == "day"


def test_the_pipeline_is_published_once_and_again_when_it_changed():
    apply_pipeline("1", sector("slate"))
    services.sync_agreements(actor=ROBOT)
    services.sync_agreements(actor=ROBOT)
    assert len(history("agreements.pipeline", "policy")) == 1
    apply_pipeline("2", sector("slate"), sector("cork"))
    services.sync_agreements(actor=ROBOT)
    found = current("agreements.pipeline", "policy")
    assert found is not None
    assert [one["code"] for one in found.payload["sectors"]] == ["slate", "cork"]
    assert found.payload["sectors"][0]["moments"][0]["stage"] == "exploring"


def test_without_a_pipeline_nothing_is_published_and_only_the_operator_publishes_one():
    assert publish_pipeline(actor=ROBOT) is False
    apply_pipeline("1", sector("slate"))
    with pytest.raises(NotAllowed):
        publish_pipeline(actor=staff(example_agreement()))
    assert current("agreements.pipeline", "policy") is not None  # published by the operator's synchronising
