"""Pictures are pure geometry: what is unknown stays visible and nothing is drawn that is not there."""

from __future__ import annotations

import pytest

from ketenwijs.foundation.ui.charts import WIDTH, Node, columns, coverage_bar, layered_graph, matrix

COLUMNS = [("1", "unlikely"), ("2", "likely"), ("unknown", "unknown")]
ROWS = [("2", "severe"), ("1", "limited"), ("unknown", "unknown")]


def test_a_bar_shares_its_whole_width_in_proportion() -> None:
    bar = coverage_bar("Factories", "", [("known", 3, "known"), ("unknown", 1, "unknown")])
    assert [(box.x, box.width, box.kind) for box in bar.boxes] == [(0, 480, "known"), (480, 160, "unknown")]
    assert sum(box.width for box in bar.boxes) == WIDTH


def test_an_empty_bar_is_wholly_unknown_and_never_full() -> None:
    bar = coverage_bar("Factories", "", [("known", 0, "known"), ("unknown", 0, "unknown")])
    assert [(box.width, box.kind) for box in bar.boxes] == [(WIDTH, "unknown")]


def test_a_bar_names_every_part_in_its_legend_also_one_of_nothing() -> None:
    bar = coverage_bar("Factories", "", [("known", 2.5, "known"), ("unknown", 0, "unknown")])
    assert bar.legend == (("known", "known", "2.5"), ("unknown", "unknown", "0"))
    assert bar.is_bar


def test_a_matrix_has_a_cell_for_every_pair_and_writes_only_real_counts() -> None:
    grid = matrix("Risks", "", columns=COLUMNS, rows=ROWS, counts={("2", "2"): 7}, heat={("2", "2"): 4})
    assert len(grid.boxes) == 9
    assert [(box.label, box.kind) for box in grid.boxes if box.label] == [("7", "heat-4")]
    assert grid.rows[0] == ("severe", "0", "7", "0")
    assert grid.headings == ("", "unlikely", "likely", "unknown")


def test_a_matrix_gives_long_words_the_room_they_need() -> None:
    long = [("1", "buitengewoon onwaarschijnlijk"), ("2", "nu")]
    grid = matrix("Risks", "", columns=long, rows=ROWS, counts={}, heat={})
    assert grid.boxes[0].width > 7 * len(long[0][1])
    assert grid.boxes[1].x >= grid.boxes[0].x + grid.boxes[0].width


def test_a_graph_puts_layers_beside_each_other_and_short_ones_in_the_middle() -> None:
    nodes = [Node(0, "a", "A", "box-known"), Node(0, "b", "B", "box-known"), Node(1, "c", "C", "box-firm")]
    graph = layered_graph("Chains", "", headings=["Quarry", "Firm"], nodes=nodes, edges=[("a", "c"), ("b", "c")])
    first, second, firm = graph.boxes
    assert first.x == second.x < firm.x
    assert second.y >= first.y + first.height
    assert firm.y == (first.y + second.y) / 2
    assert graph.rows == (("A", "C"), ("B", "C"))


def test_boxes_stand_beside_what_they_lead_to_so_that_few_ways_cross() -> None:
    nodes = [Node(0, "x", "X", "box-known"), Node(0, "y", "Y", "box-known"), Node(0, "lone", "Lone", "box-unknown")]
    nodes += [Node(1, "a", "A", "box-supplier"), Node(1, "b", "B", "box-supplier")]
    graph = layered_graph("Chains", "", headings=["1", "2"], nodes=nodes, edges=[("x", "b"), ("y", "a")])
    assert [box.label for box in graph.boxes] == ["Y", "X", "Lone", "A", "B"]


def test_a_way_from_or_to_the_unknown_is_dashed() -> None:
    nodes = [
        Node(0, "a", "unknown", "box-unknown"),
        Node(1, "b", "B", "box-known"),
        Node(2, "c", "C", "box-firm"),
    ]
    graph = layered_graph("Chains", "", headings=["1", "2", "3"], nodes=nodes, edges=[("a", "b"), ("b", "c")])
    assert [line.kind for line in graph.lines] == ["line dashed", "line"]


def test_an_edge_to_nowhere_is_left_out() -> None:
    graph = layered_graph("Chains", "", headings=["1"], nodes=[Node(0, "a", "A", "box")], edges=[("a", "gone")])
    assert graph.lines == ()
    assert graph.rows == ()


@pytest.mark.parametrize("count", [1, 8, 9, 200])
def test_boxes_of_a_graph_never_overlap_and_stay_inside(count: int) -> None:
    nodes = [Node(0, str(n), f"Quarry {n}", "box-known", "somewhere") for n in range(count)]
    graph = layered_graph("Chains", "", headings=["Quarry"], nodes=nodes, edges=[])
    for above, below in zip(graph.boxes, graph.boxes[1:], strict=False):
        assert above.y + above.height < below.y
    assert graph.boxes[-1].y + graph.boxes[-1].height <= graph.height


def test_a_graph_without_boxes_is_only_its_headings() -> None:
    graph = layered_graph("Chains", "", headings=["Quarry", "Firm"], nodes=[], edges=[])
    assert graph.boxes == ()
    assert [label[3] for label in graph.labels] == ["Quarry", "Firm"]


def test_a_long_name_is_shortened_in_the_picture_only() -> None:
    name = "A quarry with a name that no box can hold"
    graph = layered_graph("Chains", "", headings=["Quarry"], nodes=[Node(0, "a", name, "box")], edges=[])
    assert graph.boxes[0].label.endswith("…")
    assert len(graph.boxes[0].label) <= 24


def test_a_year_without_a_figure_has_no_column_and_a_dash() -> None:
    years = columns("Members", "", [("2023", 40), ("2024", None), ("2025", 0)])
    assert len(years.boxes) == 2
    assert "–" in [label[3] for label in years.labels]
    assert years.rows == (("2023", "40"), ("2024", None), ("2025", "0"))


def test_columns_of_nothing_but_zeros_do_not_fail() -> None:
    assert [box.height for box in columns("Members", "", [("2025", 0)]).boxes] == [0]
