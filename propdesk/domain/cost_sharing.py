"""A whole sum in shares that add up to it exactly, to the fen (largest remainder).

Common costs are shared as agreed, else by area (Civil Code 283); the same splits a usage or an
amount by days.
"""

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return the share of each weight; the shares add up to `total` exactly.

    Each gets its part rounded down; what is left goes one by one to the largest remainders, among
    equal ones to the earlier. Equal weights differ by one at most. Raises ValueError for a
    negative weight or total, or a total without any weight.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights) or (total and not whole):
        message = "a share needs weights that are not negative, and one above zero"
        raise ValueError(message)
    if not whole:
        return (0,) * len(weights)
    floors = [divmod(total * weight, whole) for weight in weights]
    shares = [floor for floor, _rest in floors]
    order = sorted(range(len(weights)), key=lambda place: -floors[place][1])
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return tuple(shares)
