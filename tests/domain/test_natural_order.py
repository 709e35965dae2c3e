from fhc_desktop.domain.natural_order import natural_order


def test_that_image_2_stands_before_image_10():
    assert sorted(["IM10", "im2", "IM1"], key=natural_order) == ["IM1", "im2", "IM10"]


def test_that_capitals_count_only_where_all_else_is_equal():
    assert sorted(["b", "A", "a", "B"], key=natural_order) == ["A", "a", "B", "b"]


def test_that_numbers_stand_before_letters_and_go_by_their_size():
    assert sorted(["a", "x12b3", "x12b10", "7", "x2"], key=natural_order) == [
        "7",
        "a",
        "x2",
        "x12b3",
        "x12b10",
    ]
