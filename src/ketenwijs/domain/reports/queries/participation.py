"""Members of an agreement: companies and authorities by kind and country, groups, joiners, leavers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.rules import full_membership_years
from ketenwijs.domain.agreements.selectors import group_on, members_of
from ketenwijs.domain.reference.selectors import country, organisation_kinds
from ketenwijs.domain.reports.figures import Words
from ketenwijs.domain.reports.indicators import Context, Counted, Row, indicator, words
from ketenwijs.foundation.content.texts import LANGUAGES

COMPANIES, AUTHORITIES = "participation.companies", "participation.authorities"
NOBODY = _("The register names nobody on that day.")


@indicator(COMPANIES)
def companies(context: Context) -> Counted:
    """Companies on the counting day, by trade and country."""
    return _on_the_day(context, Membership.Kind.PARTICIPANT, words(_("all participating companies")))


@indicator(AUTHORITIES)
def authorities(context: Context) -> Counted:
    """Contracting authorities on the counting day, by kind and country."""
    return _on_the_day(context, Membership.Kind.AUTHORITY, words(_("all participating contracting authorities")))


@indicator("participation.companies_by_group", rests_on=COMPANIES)
def companies_by_group(context: Context) -> Counted:
    """Companies on the counting day by participant group."""
    names = {one.code: one.name.by_language for one in context.definition.groups}
    members = _members(context, Membership.Kind.PARTICIPANT)
    if not members:
        return Counted(reason=words(NOBODY))
    held = [group_on(member, context.counted_on) for member in members]
    counts = Counter(period.group if period else "" for period in held)
    rows = [
        Row(code, names[code], counts[code], part_of="total")
        for code in names
        if counts[code]
    ]  # fmt: skip
    elsewhere = sum(number for code, number in counts.items() if code not in names)
    if elsewhere:
        rows.append(Row("none", words(_("not yet in a group")), elsewhere, part_of="total"))
    return Counted(_with_total(rows, words(_("all participating companies"))), _members_base(context.counted_on))


@indicator("participation.membership_years", rests_on=COMPANIES)
def membership_years(context: Context) -> Counted:
    """Companies on the counting day by full years of membership."""
    members = _members(context, Membership.Kind.PARTICIPANT)
    if not members:
        return Counted(reason=words(NOBODY))
    counts = Counter(full_membership_years(member.joined_on, context.counted_on) for member in members)
    rows = [
        Row(
            str(years),
            words(_("full years of membership: {years}"), years=years),
            counts[years],
            part_of="total",
        )
        for years in sorted(counts)
    ]
    return Counted(_with_total(rows, words(_("all participating companies"))), _members_base(context.counted_on))


@indicator("participation.joined", rests_on=COMPANIES)
def joined(context: Context) -> Counted:
    """Companies that joined in the year."""
    return _joined(context, Membership.Kind.PARTICIPANT, words(_("all new companies")))


@indicator("participation.authorities_joined", rests_on=AUTHORITIES)
def authorities_joined(context: Context) -> Counted:
    """Authorities that joined in the year."""
    return _joined(context, Membership.Kind.AUTHORITY, words(_("all new contracting authorities")))


@indicator("participation.left", rests_on=COMPANIES)
def left(context: Context) -> Counted:
    """Companies that left in the year, by reason."""
    names = {one.code: one.name.by_language for one in context.definition.exit_reasons}
    during = (context.year.starts_on, context.counted_on)
    gone = members_of(context.reader, context.agreement).filter(left_on__range=during)
    counts = Counter(gone.values_list("exit_reason", flat=True))
    rows = [
        Row(code or "none", names.get(code) or words(_("reason not recorded")), number, part_of="total")
        for code, number in sorted(counts.items())
    ]
    return Counted(_with_total(rows, words(_("all companies that left"))), _period_base(*during))


def _members(context: Context, kind: str) -> list[Membership]:
    key = f"members:{kind}"
    if key not in context.kept:
        context.kept[key] = list(members_of(context.reader, context.agreement, kind, on=context.counted_on))
    found: list[Membership] = context.kept[key]
    return found


def _on_the_day(context: Context, kind: str, total: Words) -> Counted:
    members = _members(context, kind)
    if not members:
        return Counted(reason=words(NOBODY))
    return Counted(_with_total(_by_kind(members), total), _members_base(context.counted_on))


def _joined(context: Context, kind: str, total: Words) -> Counted:
    during = (context.year.starts_on, context.counted_on)
    new = members_of(context.reader, context.agreement, kind).filter(joined_on__range=during)
    return Counted(_with_total(_by_kind(new), total), _period_base(*during))


def _by_kind(members: Iterable[Membership]) -> list[Row]:
    """Rows by country and trade or kind of authority, largest first."""
    counts = Counter((one.organisation.country, one.organisation.subkind) for one in members)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        Row(f"{land}.{kind or 'none'}", _label(land, kind), number, part_of="total") for (land, kind), number in ordered
    ]


def _label(land: str, subkind: str) -> Words:
    names = {sub.code: sub.names.by_language for kind in organisation_kinds() for sub in kind.subkinds}
    kind = names.get(subkind) or words(_("kind not recorded"))
    found = country(land)
    where = found.names if found else dict.fromkeys(LANGUAGES, land)
    return {language: f"{kind[language]}, {where[language]}" for language in LANGUAGES}


def _with_total(rows: list[Row], label: Words) -> tuple[Row, ...]:
    return (Row("total", label, sum(row.value for row in rows)), *rows)


def _members_base(day: date) -> Words:
    return words(_("register of members on {day}"), day=day)


def _period_base(since: date, until: date) -> Words:
    return words(_("register of members from {since} up to and including {until}"), since=since, until=until)
