"""The other ways to link two lists, each with the settings its manual proposes for data like these.

Every rival gets the same columns and the same decision (the best site per new row, from 0.5 on). Those that learn
from examples get the even half of the truth of the very set they are measured on; our model does not. Where a rival
has its own candidate search, that is used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

import numpy as np
from sets import LabelledSet, Pairs

FIELDS = ("name", "address", "place", "region", "country", "identifiers")


def plain(text: str) -> str:
    """Small letters and digits only, as every manual advises; other scripts by anyascii."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", " ", anyascii(text).lower()).strip()


def table(rows: Iterable[object]) -> list[dict[str, str | None]]:
    """Rows as dictionaries, empty cells as nothing."""
    return [{"unique_id": row.id, **{field: plain(getattr(row, field)) or None for field in FIELDS}} for row in rows]


def best_per_row(scored: Iterable[tuple[str, str, float]], least: float = 0.5) -> Pairs:
    """The best site of each new row."""
    best: dict[str, tuple[float, str]] = {}
    for new, register, score in scored:
        if score >= least and score > best.get(new, (0.0, ""))[0]:
            best[new] = (score, register)
    return {(new, register) for new, (_, register) in best.items()}


def used_fields(one: LabelledSet) -> list[str]:
    """The columns that are filled on both sides."""
    return [
        field
        for field in FIELDS
        if any(getattr(row, field) for row in one.new) and any(getattr(row, field) for row in one.register)
    ]


def by_splink(one: LabelledSet, examples: LabelledSet) -> Pairs:
    """Splink on DuckDB: blocking on parts of the fields, weights by expectation maximisation, no examples."""
    import duckdb
    import pyarrow
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    fields = used_fields(one)
    kinds = {
        "name": cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True),
        "address": cl.LevenshteinAtThresholds("address", [2, 6]),
        "place": cl.JaroWinklerAtThresholds("place", [0.95, 0.85]),
        "region": cl.ExactMatch("region"),
        "country": cl.ExactMatch("country"),
        "identifiers": cl.LevenshteinAtThresholds("identifiers", [2]),
    }
    rules = [block_on("name"), block_on("substr(name, 1, 4)", "substr(place, 1, 4)"), block_on("address")]
    rules += [block_on("split_part(name, ' ', 2)", "substr(place, 1, 4)"), block_on("substr(name, 1, 8)")]
    rules += [block_on("identifiers")] if "identifiers" in fields else []
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[kinds[field] for field in fields],
        blocking_rules_to_generate_predictions=rules,
        retain_intermediate_calculation_columns=False,
    )
    connection = duckdb.connect()
    connection.execute("SET threads=2; SET memory_limit='3GB'").fetchall()
    api = DuckDBAPI(connection)
    columns = ("unique_id", *FIELDS)
    frames = []
    for rows, name in ((one.new, "new_rows"), (one.register, "register_rows")):
        cells = table(rows)
        arrow = {column: pyarrow.array([row[column] for row in cells], pyarrow.string()) for column in columns}
        frames.append(api.register(pyarrow.table(arrow), dataset_display_name=name))
    linker = Linker(frames, settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("name", "place"), block_on("address", "place")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("name"), block_on("address"), block_on("place")):
        try:
            training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as fault:  # a rule without pairs: Splink says to leave it out
            print(f"  splink: {type(fault).__name__} while training, rule left out")
    found = linker.inference.predict(threshold_match_probability=0.01)
    rows = connection.execute(
        f"select source_dataset_l, unique_id_l, unique_id_r, match_probability from {found.physical_name}"
    ).fetchall()
    return best_per_row((a, b, p) if "new" in source else (b, a, p) for source, a, b, p in rows)


def by_recordlinkage(one: LabelledSet, examples: LabelledSet) -> Pairs:
    """recordlinkage: blocking on place and sorted neighbourhood on name, likeness, expectation maximisation."""
    import pandas
    import recordlinkage
    from recordlinkage.index import Block, SortedNeighbourhood

    fields = used_fields(one)
    new = pandas.DataFrame(table(one.new)).set_index("unique_id")
    register = pandas.DataFrame(table(one.register)).set_index("unique_id")
    indexer = recordlinkage.Index()
    indexer.add(SortedNeighbourhood("name", window=9))
    for field in ("address", "identifiers"):
        if field in fields:
            indexer.add(Block(field))
    if "place" in fields and len(register) <= 20_000:
        indexer.add(Block("place"))
    pairs = indexer.index(new, register)
    compare = recordlinkage.Compare()
    for field in fields:
        if field in ("name", "address", "place"):
            compare.string(field, field, method="jarowinkler", threshold=0.85, label=field)
        else:
            compare.exact(field, field, label=field)
    vectors = compare.compute(pairs, new, register)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(vectors)
    chances = classifier.prob(vectors)
    return best_per_row((a, b, float(p)) for (a, b), p in chances.items())


def by_dedupe(one: LabelledSet, examples: LabelledSet) -> Pairs:
    """dedupe's RecordLink with labelled examples of this very set; it learns its blocking too."""
    import dedupe

    fields = used_fields(one)
    new = {row["unique_id"]: row for row in table(one.new)}
    register = {row["unique_id"]: row for row in table(one.register)}
    kinds = [dedupe.variables.String(field, has_missing=True) for field in fields]
    linker = dedupe.RecordLink(kinds, num_cores=1)
    learned = {row["unique_id"]: row for row in table(examples.new)}
    random.seed(1)
    np.random.seed(1)
    truth = sorted(examples.truth)[:400]
    ids = sorted(register)
    distinct = [(a, random.choice(ids)) for a in sorted(learned)[:400]]
    labelled = {
        "match": [(learned[a], register[b]) for a, b in truth],
        "distinct": [(learned[a], register[b]) for a, b in distinct if (a, b) not in examples.truth],
    }
    import io
    import json

    linker.prepare_training(learned, register, training_file=io.StringIO(json.dumps(labelled)), sample_size=1500)
    linker.train(recall=0.98)
    return best_per_row(
        (a, b, float(p)) for (a, b), p in linker.join(new, register, threshold=0.0, constraint="many-to-one")
    )


def by_tfidf(one: LabelledSet, examples: LabelledSet) -> Pairs:
    """TF-IDF of three signs over all texts, ten candidates, RapidFuzz likeness of the fields, logistic regression
    on labelled examples of this very set.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sparse_dot_topn import sp_matmul_topn

    fields = used_fields(one)
    register = table(one.register)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True, dtype=np.float32)

    def text(row: dict[str, str | None]) -> str:
        return " ".join(row[field] or "" for field in fields)

    weights = vectorizer.fit_transform([text(row) for row in register]).T.tocsr()

    def vectors(rows: list[dict[str, str | None]]) -> tuple[list[tuple[int, int]], np.ndarray]:
        found = sp_matmul_topn(
            vectorizer.transform([text(row) for row in rows]), weights, top_n=10, n_threads=2
        ).tocoo()
        pairs = list(zip(found.row.tolist(), found.col.tolist(), strict=True))
        lines = []
        for (a, b), score in zip(pairs, found.data, strict=True):
            line = [score]
            for field in fields:
                left, right = rows[a][field], register[b][field]
                known = bool(left and right)
                line += [float(known)]
                line += [
                    scorer(left, right) / scale if known else 0.5
                    for scorer, scale in (
                        (fuzz.token_sort_ratio, 100),
                        (fuzz.token_set_ratio, 100),
                        (JaroWinkler.similarity, 1),
                    )
                ]
            lines.append(line)
        return pairs, np.array(lines)

    learned = table(examples.new)
    pairs, matrix = vectors(learned)
    answers = [(learned[a]["unique_id"], register[b]["unique_id"]) in examples.truth for a, b in pairs]
    model = LogisticRegression(max_iter=2000).fit(matrix, answers)
    new = table(one.new)
    pairs, matrix = vectors(new)
    chances = model.predict_proba(matrix)[:, 1]
    return best_per_row(
        (str(new[a]["unique_id"]), str(register[b]["unique_id"]), float(p))
        for (a, b), p in zip(pairs, chances, strict=True)
    )


RIVALS: dict[str, Callable[[LabelledSet, LabelledSet], Pairs]] = {
    "Splink": by_splink,
    "recordlinkage": by_recordlinkage,
    "dedupe": by_dedupe,
    "TF-IDF + RapidFuzz": by_tfidf,
}
