"""Writes register.csv, new.csv and truth.csv of the labelled set unseen-2 from words.py and by_hand.csv; no matcher is used."""

import csv
import random
from pathlib import Path

from words import COUNTRIES

HERE = Path(__file__).parent
COLUMNS = ["id", "name", "address", "place", "region", "country", "lat", "lon", "identifiers"]
REGISTER_PER_COUNTRY = 47
TAMIL = ["கிரானைட்ஸ்", "மணற்கல் குவாரி", "கார்மெண்ட்ஸ்", "அரிசி ஆலை"]
TELUGU = ["గ్రానైట్స్", "రాతి క్వారీ", "గార్మెంట్స్", "రైస్ మిల్"]
ROMAN = ["", "I", "II", "III", "IV", "V"]


def sites_of(country: str, rng: random.Random, wanted: int) -> list[dict]:
    """Real sites of a country: groups with sibling plants, numbered units, the same name elsewhere; all different."""
    words = COUNTRIES[country]
    found: dict[tuple, dict] = {}
    while len(found) < wanted:
        stem = rng.randrange(len(words["stems"]))
        kind = rng.randrange(len(words["kinds"]))
        place = rng.randrange(len(words["places"]))
        unit = rng.choice([0, 0, 0, 1, 2]) if rng.random() < 0.7 else rng.choice([1, 2, 3])
        # siblings: from one draw often two or three plants of the group, some in the same street
        street, number, block = rng.randrange(len(words["streets"])), rng.randrange(2, 240), rng.randrange(1, 12)
        for sibling in range(rng.choice([1, 1, 1, 2, 3])):
            key = (stem, kind, place, unit)
            if key in found or len(found) >= wanted:
                break
            plain = (stem, kind, place)
            if any(other[:3] == plain and (other[3] == 0 or unit == 0) for other in found):
                break  # a site without a unit number beside numbered ones would be a matter of opinion
            base = words["places"][place]
            found[key] = {
                "country": country,
                "stem": stem,
                "kind": kind,
                "place": place,
                "unit": unit,
                "legal": rng.randrange(len(words["legal"][0])),
                "street": street,
                "number": number + 2 * sibling,
                "block": block,
                "lat": base[4] + rng.uniform(-0.15, 0.15),
                "lon": base[5] + rng.uniform(-0.15, 0.15),
                "code": f"{rng.choice(['OS', 'LIC', 'GLN', 'ML'])}:{country}{rng.randrange(10**6, 10**7)}",
            }
            step = rng.random()
            if step < 0.4 and unit:
                unit += 1
            elif step < 0.7:
                place = rng.randrange(len(words["places"]))
            else:
                kind = rng.randrange(len(words["kinds"]))
    return list(found.values())


def unit_words(unit: int, country: str, sector: str, rng: random.Random) -> str:
    """The number of a unit or quarry as somebody writes it."""
    if not unit:
        return ""
    if sector == "quarry":
        return rng.choice([f"No. {unit}", f"No {ROMAN[unit]}", f"{unit}", f"#{unit}"])
    if country == "TR":
        return rng.choice([f"{unit}. Tesis", f"Tesis {unit}", f"Fab. {unit}"])
    if country == "VN":
        return rng.choice([f"Nhà máy {unit}", f"NM {unit}", f"Factory {unit}"])
    return rng.choice([f"Unit {ROMAN[unit]}", f"Unit-{unit}", f"(Unit {unit})", f"Plant {unit}"])


def latin_name(site: dict, rng: random.Random, careful: bool) -> str:
    """A name in Latin writing: the careful spelling of a register, or anything a buyer writes."""
    words = COUNTRIES[site["country"]]
    stems = words["stems"][site["stem"]][0]
    sector, english, own, _ = words["kinds"][site["kind"]]
    stem = stems[0] if careful and rng.random() < 0.8 else rng.choice(stems)
    kind = rng.choice((english if rng.random() < 0.6 else own)[: 1 if careful and rng.random() < 0.7 else 9])
    legals = words["legal"][0]
    legal = legals[site["legal"]] if careful or rng.random() < 0.3 else rng.choice([*legals, "", "", ""])
    unit = unit_words(site["unit"], site["country"], sector, rng)
    front = legal.startswith(("PT", "P.T", "CV", "Công", "Cty", "CTCP"))
    parts = (
        [legal, stem, kind, unit]
        if front
        else [stem, kind, unit, legal]
        if rng.random() < 0.4
        else [stem, kind, legal, unit]
    )
    if not careful and rng.random() < 0.15:
        parts = [kind, stem, unit, legal]
    return " ".join(part for part in parts if part)


def local_name(site: dict, rng: random.Random) -> str:
    """A name in the country's own writing, or "" where it has none for this stem."""
    words = COUNTRIES[site["country"]]
    stem, kind = words["stems"][site["stem"]][1], words["kinds"][site["kind"]][3]
    if not stem or not kind:
        return ""
    if site["country"] == "IN" and not "\u0900" <= stem[0] <= "\u097f":
        kind = (TAMIL if "\u0b80" <= stem[0] <= "\u0bff" else TELUGU)[site["kind"]]
    place = words["places"][site["place"]][1]
    unit = f" {site['unit']}" if site["unit"] else ""
    if site["country"] == "CN":
        front = place.removesuffix("市") if rng.random() < 0.7 else ""
        unit = {0: "", 1: "一厂", 2: "二厂", 3: "三厂", 4: "四厂", 5: "五厂"}[site["unit"]]
        return f"{front}{stem}{kind}{words['legal'][1]}{unit}"
    if site["country"] == "EG":
        return f"{words['legal'][1] if rng.random() < 0.6 else ''} {stem} {kind}{unit}".strip()
    return " ".join(f"{stem} {kind}{unit} {words['legal'][1] if rng.random() < 0.5 else ''}".split())


def misspell(text: str, rng: random.Random) -> str:
    """One slip of the fingers inside a word."""
    if len(text) < 6:
        return text
    at = rng.randrange(1, len(text) - 2)
    if not (text[at].isalpha() and text[at + 1].isalpha()):
        return text
    way = rng.randrange(4)
    if way == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if way == 1:
        return text[:at] + text[at + 1 :]
    if way == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + rng.choice("aeiouhnrst") + text[at + 1 :]


def address(site: dict, rng: random.Random, local: bool = False) -> str:
    """The street line of a site."""
    words = COUNTRIES[site["country"]]
    patterns = words.get("local_streets", words["streets"]) if local else words["streets"]
    return patterns[site["street"] % len(patterns)].format(n=site["number"], m=site["block"])


def register_row(number: int, site: dict, rng: random.Random) -> dict:
    """A site as a register has it."""
    words = COUNTRIES[site["country"]]
    place = words["places"][site["place"]]
    name, native = latin_name(site, rng, careful=True), local_name(site, rng)
    draw = rng.random()
    if native and draw < 0.2:
        name = native
    elif native and draw < 0.4:
        name = f"{name} ({native})"
    in_local = name == native and rng.random() < 0.6
    placed = rng.random() < 0.9  # a row without a place always has coordinates: what nobody could tell is no test
    return {
        "id": f"R{number:04d}",
        "name": name,
        "address": address(site, rng, in_local) if rng.random() < 0.75 else "",
        "place": (place[1] if in_local and place[1] else place[0][0]) if placed else "",
        "region": (place[3] if in_local and place[3] else place[2][0]) if rng.random() < 0.8 else "",
        "country": words["names"][0] if rng.random() < 0.6 else words["names"][1],
        "lat": f"{site['lat']:.5f}" if (known := rng.random() < 0.65 or not placed) else "",
        "lon": f"{site['lon']:.5f}" if known else "",
        "identifiers": site["code"] if rng.random() < 0.35 else "",
    }


def spoiled_coordinates(site: dict, rng: random.Random) -> tuple[str, str]:
    """Coordinates as lists have them: exact, rounded, of the city, swapped, or none."""
    place = COUNTRIES[site["country"]]["places"][site["place"]]
    draw = rng.random()
    if draw < 0.45:
        return "", ""
    if draw < 0.65:
        return f"{site['lat'] + rng.uniform(-0.002, 0.002):.4f}", f"{site['lon'] + rng.uniform(-0.002, 0.002):.4f}"
    if draw < 0.8:
        return f"{site['lat']:.1f}", f"{site['lon']:.1f}"
    if draw < 0.93:
        return f"{place[4]}", f"{place[5]}"
    return f"{site['lon']:.4f}", f"{site['lat']:.4f}"


def new_row(number: int, site: dict, rng: random.Random) -> dict:
    """A site as somebody else's list has it."""
    words = COUNTRIES[site["country"]]
    place = words["places"][site["place"]]
    name, native, trade = latin_name(site, rng, careful=False), local_name(site, rng), words["stems"][site["stem"]][2]
    row = dict.fromkeys(COLUMNS, "")
    in_local = bool(native) and rng.random() < 0.25
    name = native if in_local else name
    row["address"] = address(site, rng, in_local) if rng.random() < 0.6 else ""
    row["lat"], row["lon"] = spoiled_coordinates(site, rng)
    code = rng.random()
    if code < 0.15:
        row["identifiers"] = site["code"]
    elif code < 0.25:
        row["identifiers"] = rng.choice(
            ["VAT pending", f"PO-{rng.randrange(10**4)}", "n/a", f"supplier {rng.randrange(400)}"]
        )
    if trade and row["address"] and rng.random() < 0.35:
        name = (
            trade
            if row["identifiers"] == site["code"]
            else f"{trade} ({name})"
            if rng.random() < 0.7
            else f"{name} t/a {trade}"
        )
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        name = misspell(name, rng)
    style = rng.random()
    row["name"] = name.upper() if style < 0.15 else name.lower() if style < 0.2 else name
    row["place"] = place[1] if in_local and place[1] and rng.random() < 0.7 else rng.choice([*place[0], *place[0], ""])
    row["region"] = place[3] if in_local and place[3] and rng.random() < 0.5 else rng.choice([*place[2], "", ""])
    country = rng.random()
    row["country"] = (
        rng.choice(words["names"])
        if country < 0.9
        else ""
        if country < 0.97
        else rng.choice(["NL", "Hong Kong", "Singapore", "Unknown"])
    )
    if not row["place"] and not row["lat"] and row["identifiers"] != site["code"]:
        row["place"] = rng.choice(place[0])  # what nobody could tell is no test
    if row["address"] and rng.random() < 0.25:  # everything in one cell
        row["address"] = ", ".join(part for part in (row["address"], row["place"], row["region"]) if part)
        row["place"] = row["region"] = ""
    return row | {"id": f"N{number:04d}"}


def write(name: str, columns: list[str], rows: list[dict]) -> None:
    """Write one CSV file beside this program."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Make the three files again; the same words and seed give the same files."""
    rng = random.Random(20261123)
    register, new, truth = [], [], []
    for country in COUNTRIES:
        sites = sites_of(country, rng, REGISTER_PER_COUNTRY + 9)
        rng.shuffle(sites)
        inside, outside = sites[:REGISTER_PER_COUNTRY], sites[REGISTER_PER_COUNTRY:]
        named = [(register_row(len(register) + at + 1, site, rng), site) for at, site in enumerate(inside)]
        register += [row for row, _ in named]
        chosen = rng.sample(named, 16)
        for at, (row, site) in enumerate(chosen):
            for _ in range(2 if at < 2 else 1):  # two new rows are sometimes one site
                new.append(new_row(len(new) + 1, site, rng))
                truth.append({"new_id": new[-1]["id"], "register_id": row["id"]})
        new += [new_row(len(new) + at + 1, site, rng) for at, site in enumerate(outside)]
    with (HERE / "by_hand.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            fields = {column: row[column] or "" for column in COLUMNS if column != "id"}
            if row["list"] == "register":
                register.append({"id": f"H{row['pair']}"} | fields)
            else:
                new.append({"id": f"M{row['pair']}"} | fields)
                if row["list"] == "same":
                    truth.append({"new_id": f"M{row['pair']}", "register_id": f"H{row['pair'].rstrip('ab')}"})
    rng.shuffle(register)
    rng.shuffle(new)
    write("register.csv", COLUMNS, register)
    write("new.csv", COLUMNS, new)
    write("truth.csv", ["new_id", "register_id"], sorted(truth, key=lambda row: row["new_id"]))


if __name__ == "__main__":
    main()
