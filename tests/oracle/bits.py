# SPDX-License-Identifier: Apache-2.0
"""Sets of rows as whole numbers: bit i is set when row i is a member.

Whole numbers are as long as they need to be, so a set of 200,000 rows is one of them; to meet, join
and count such sets takes microseconds, and a set that was worked out once serves every question.
"""
from collections import defaultdict
from itertools import compress, count, pairwise

AS_FLAGS = bytes.maketrans(b"01", b"\0\1")


def value_sets(column):
    """Each value of a column to the rows that have it."""
    width = len(column) // 8 + 1
    sets = defaultdict(lambda: bytearray(width))
    for row, value in enumerate(column):
        sets[value][row >> 3] |= 1 << (row & 7)
    return {value: int.from_bytes(bits, "little") for value, bits in sets.items()}


def rows_where(flags):
    return value_sets(flags).get(True, 0)


def span(first, end):
    """The rows from `first` up to, and without, `end`."""
    return (1 << end) - (1 << first)


def members(rows):
    """The rows of a set, ascending."""
    return list(compress(count(), f"{rows:b}"[::-1].encode().translate(AS_FLAGS)))


def count_between(rows, edges):
    """How many members lie between each of `edges` and the next."""
    rows >>= edges[0]
    return [
        (rows >> (here - edges[0]) & ((1 << (there - here)) - 1)).bit_count()
        for here, there in pairwise(edges)
    ]
