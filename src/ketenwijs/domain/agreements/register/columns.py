"""The columns of the register sheet: one table of fields with their headings in Dutch, French and English."""

from __future__ import annotations

from dataclasses import dataclass

from anyascii import anyascii

LANGUAGES = ("nl", "fr", "en")


@dataclass(frozen=True)
class Column:
    """One field of the sheet. The first heading of each language is the one the template prints; others are
    read too.
    """

    field: str
    headings: dict[str, tuple[str, ...]]
    example: str = ""
    needed: bool = False


def _column(field: str, nl: str, fr: str, en: str, example: str = "", needed: bool = False) -> Column:
    words = {"nl": nl, "fr": fr, "en": en}
    return Column(field, {language: tuple(text.split("|")) for language, text in words.items()}, example, needed)


COLUMNS = [
    _column(
        "name",
        "naam|bedrijf|organisatie",
        "nom|entreprise|organisation",
        "name|company|organisation",
        "Voorbeeld Steenhandel BV",
        needed=True,
    ),
    _column(
        "kind",
        "soort deelname|soort",
        "type de participation|type",
        "takes part as|kind",
        "participant",
        needed=True,
    ),
    _column(
        "subkind",
        "branche|bedrijfstak|soort dienst",
        "branche|métier|type de pouvoir",
        "trade|kind of authority",
        "importer",
    ),
    _column("country", "land", "pays", "country", "NL", needed=True),
    _column("place", "plaats|vestigingsplaats", "lieu|localité|ville", "place|city", "Utrecht"),
    _column("website", "website", "site web|site internet", "website"),
    _column("kvk", "kvk|kvk-nummer|kvk nummer", "kvk|numéro kvk", "kvk|kvk number"),
    _column("kbo", "kbo|kbo-nummer|ondernemingsnummer", "bce|numéro bce|numéro d'entreprise", "kbo|kbo number"),
    _column("vat", "btw|btw-nummer", "tva|numéro de tva", "vat|vat number"),
    _column("lei", "lei", "lei|code lei", "lei"),
    _column(
        "joined_on",
        "aangesloten op|aangesloten sinds|toegetreden op",
        "affilié le|affilié depuis",
        "joined on|joined",
        "2021-10-01",
        needed=True,
    ),
    _column("left_on", "uitgetreden op|vertrokken op", "sorti le|parti le", "left on|left"),
    _column("exit_reason", "reden van vertrek|reden", "motif de sortie|motif", "reason of leaving|exit reason"),
    _column("group", "groep|deelnemersgroep", "groupe|groupe de participants", "group|participant group", "C"),
    _column("section", "geleding", "composante|collège", "section"),
    _column("scheme", "soort uitkomst", "type de résultat", "kind of outcome"),
    _column("value", "uitkomst|kleur|niveau", "résultat|couleur|niveau", "outcome|colour|level"),
    _column("number", "cijfer|getal", "chiffre|nombre", "number"),
    _column("report_year", "verslagjaar", "exercice|année de rapport", "report year"),
    _column("since", "uitkomst sinds|gepubliceerd op", "résultat depuis|publié le", "outcome since|published on"),
    _column(
        "plan_year",
        "plan verslagjaar|jaar van het plan",
        "exercice du plan|année du plan",
        "plan year|year of the plan",
    ),
    _column(
        "plan_url",
        "plan van aanpak|koppeling naar het plan",
        "plan d'action|lien vers le plan",
        "plan of action|link to the plan",
    ),
]
BY_FIELD = {column.field: column for column in COLUMNS}


def folded(text: str) -> str:
    """A heading or code word without capitals, accents, spaces and punctuation, so that spellings meet."""
    return "".join(character for character in anyascii(text).lower() if character.isalnum())


_BY_HEADING = {
    folded(heading): column.field
    for column in COLUMNS
    for words in column.headings.values()
    for heading in (*words, column.field)
}


def field_of(heading: str) -> str | None:
    """The field a heading stands for, or None when it is no column of the register."""
    return _BY_HEADING.get(folded(heading))


def heading_of(field: str, language: str) -> str:
    """The heading the template prints in a language; Dutch for a language it does not know."""
    headings = BY_FIELD[field].headings
    return headings.get(language, headings["nl"])[0]
