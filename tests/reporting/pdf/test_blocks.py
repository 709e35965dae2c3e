"""Blocks fill the further pages in their order, and none is parted."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.reporting.pdf.blocks import Block, draw_blocks, joined, pages_of

ROOM = 688.0  # points between head and foot of a page


def block(height, name="", drawn=None):
    return Block(height, lambda _, y: drawn.append((name, y)))


@given(st.lists(st.floats(1, ROOM), max_size=40))
def test_that_every_block_is_on_one_page_in_its_order_and_no_page_overflows(heights):
    blocks = [block(height) for height in heights]

    pages = pages_of(blocks)

    assert [one for page in pages for one in page] == blocks
    assert all(sum(one.height for one in page) <= ROOM + 1e-6 for page in pages)
    for page, following in pairwise(pages):
        assert sum(one.height for one in page) + following[0].height > ROOM - 1e-6


def test_that_a_block_higher_than_a_page_has_one_of_its_own():
    assert [len(page) for page in pages_of([block(10), block(2 * ROOM), block(10)])] == [1, 1, 1]


def test_that_blocks_stand_below_each_other():
    drawn = []
    draw_blocks(None, [block(20, "a", drawn), block(30, "b", drawn), block(5, "c", drawn)])

    (_, first), (_, second), (_, third) = drawn
    assert (second - first, third - second) == (20, 30)


def test_that_joined_blocks_are_one_of_both_heights():
    drawn = []
    both = joined(block(20, "head", drawn), block(30, "line", drawn))

    both.draw(None, 100.0)

    assert both.height == 50
    assert drawn == [("head", 100.0), ("line", 120.0)]
