"""Which figures of an agreement stand beside each other in a line through time."""

from ketenwijs.sites.public.series import day_of, market_shares, participants, years_seen_twice


def figure(code, value, day, indicator="participation.companies", population="all", unit="count", **more):
    return {
        "identifier": code, "indicator": indicator, "value": value, "unit": unit, "reference_date": day,
        "report_year": "", "part_of": "", "population": {"nl": population}, **more,
    }  # fmt: skip


def figures(*found, conflicts=()):
    codes = dict.fromkeys(one["indicator"] for one in found)
    return {"indicators": [{"code": code} for code in codes], "figures": list(found), "conflicts": list(conflicts)}


def values(line):
    return [(point.day, point.value) for point in line.points]


def test_members_go_before_parties_and_goals_are_no_members():
    line = participants(
        figures(
            figure("goal", 40, "2019-01-01", "participation.goal"),
            figure("p1", 16, "2018-01-01", "participation.parties"),
            figure("p2", 17, "2019-01-01", "participation.parties"),
            figure("m2", 9, "2019-01-01"),
            figure("m1", 7, "2018-01-01"),
        ),
        [],
    )
    assert values(line) == [("2018-01-01", 7), ("2019-01-01", 9)]


def test_parts_of_a_total_are_left_out_also_where_only_the_greater_figure_beside_them_tells():
    line = participants(
        figures(
            figure("total", 47, "2024-09-30"),
            figure("north", 35, "2024-09-30", part_of="total"),
            figure("whole", 28, "2020-02-01"),
            figure("south", 14, "2020-02-01", population="in the south"),
            figure("south-later", 18, "2022-02-01", population="in the south"),
        ),
        [],
    )
    assert values(line) == [("2020-02-01", 28), ("2024-09-30", 47)]


def test_a_figure_that_lost_a_conflict_is_left_out_in_the_year_of_the_one_chosen_only():
    conflict = {"kept": "nine", "figures": ["nine", "eleven", "later"]}
    found = figures(
        figure("eleven", 11, "2021-01-01"),
        figure("nine", 9, "2021-11-01"),
        figure("later", 12, "2022-11-01"),
        conflicts=[conflict],
    )
    assert values(participants(found, [])) == [("2021-11-01", 9), ("2022-11-01", 12)]


def test_each_market_has_its_own_line_and_a_share_without_a_day_is_kept():
    share = {"indicator": "participation.market_share", "unit": "percent"}
    lines = market_shares(
        figures(
            figure("a1", 30, None, population="north", **share),
            figure("b1", 65, "2019-01-01", population="south", **share),
            figure("b2", 70, "2020-01-01", population="south", **share),
        ),
        [],
    )
    assert [values(line) for line in lines] == [[("", 30)], [("2019-01-01", 65), ("2020-01-01", 70)]]


def test_a_figure_without_a_day_stands_at_the_end_of_its_report_year():
    years = [{"code": "2019-2020", "ends_on": "2020-09-30"}]
    assert day_of({"reference_date": None, "report_year": "2019-2020"}, years) == "2020-09-30"
    assert day_of({"reference_date": None, "report_year": "2021-2022"}, years) == "2022-12-31"
    assert day_of({"reference_date": None, "report_year": ""}, years) == ""


def test_years_with_two_figures_need_their_month():
    line = participants(
        figures(figure("a", 1, "2019-01-01"), figure("b", 2, "2019-12-31"), figure("c", 3, "2020-12-31")), []
    )
    assert years_seen_twice(line.points) == {"2019"}


def test_nothing_to_show_is_no_line():
    assert participants(figures(), []) is None
    assert market_shares(figures(figure("m", 7, "2018-01-01")), []) == []
