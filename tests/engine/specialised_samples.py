"""Functions for `test_specialising`: each has something in it that is easy to get wrong.

A sample works on a list of three numbers, which it may change, and on a line, which is known.
"""

from __future__ import annotations

from typing import Any


def twice(numbers: list[int], by: int) -> int:
    numbers[0] += by
    return 2 * numbers[0]


def first_above(numbers: list[int], limit: int) -> int:
    for place, number in enumerate(numbers):
        if number > limit:
            numbers[place] = limit
            return place
    return -1


def _sign(number: int) -> str:
    if number < 0:
        return "below"
    return "above" if number else "none"


def _pair(numbers: list[int], limit: int) -> tuple[bool, int]:
    if numbers[1] > limit:
        numbers[1] -= 1
        return True, numbers[1]
    return False, limit


def _shares(number: int) -> tuple[tuple[int, int], ...]:
    return ((1, number), (2, 10 - number))


def sample_branches(numbers: list[int], line: Any) -> Any:
    result = 0
    if line.asks:
        result = line.gain
    elif numbers[0]:
        result = 7
    if numbers[1] > 2:
        result += line.gain
    else:
        numbers[2] = result
    return result + numbers[2]


def sample_early_ends(numbers: list[int], line: Any) -> Any:
    if numbers[0] > 4:
        if line.asks:
            return 1
        numbers[0] = 0
    for step in line.steps:
        if step > numbers[1]:
            return step
    if numbers[2] == 2:
        return -2
    numbers[0] += 100
    return numbers[0]


def sample_rounds(numbers: list[int], line: Any) -> Any:
    whole, last = 0, 0
    for place, step in enumerate(line.steps):
        if not step:
            continue
        if numbers[1] > step:
            whole += place
            continue
        last = step
        if numbers[2] == 3:
            break
        whole += 10 * step
    return 1000 * whole + last


def sample_loops_that_stay(numbers: list[int], line: Any) -> Any:
    left, whole = line.gain, 0
    for number in numbers:
        if number < 0:
            continue
        left -= 1
        if left < 0:
            break
        whole += number
    while whole > 10:
        whole -= 3
    return 100 * left + whole


def sample_this_and_that(numbers: list[int], line: Any) -> tuple[Any, ...]:
    one = line.asks and numbers[0]
    other = numbers[0] or line.gain
    both = numbers[1] and twice(numbers, 1) > 4 and numbers[2]
    either = line.mask & numbers[0] or first_above(numbers, 3)
    return one, other, both, either, not line.asks, numbers[0] if line.gain else numbers[1]


def sample_names_on_the_way(numbers: list[int], line: Any) -> Any:
    if line.asks and (found := first_above(numbers, line.gain)) >= 0 and numbers[found] < 4:
        return found
    if numbers[0] and (more := twice(numbers, 2)) > 6:
        return more
    return -5


def sample_order(numbers: list[int], line: Any) -> tuple[int, ...]:
    before = numbers[0]
    mixed = numbers[0] * 1000 + twice(numbers, line.gain) + numbers[0]
    numbers[0] += twice(numbers, 1)
    numbers[1], numbers[2] = numbers[2], twice(numbers, 3)
    return before, mixed, numbers[0]


def sample_calls(numbers: list[int], line: Any) -> tuple[Any, ...]:
    over, limit = _pair(numbers, line.gain)
    went = line.does(numbers, 2)
    known, same = _pair([1, 9], 5)
    return over, limit, went, known, same, _sign(numbers[1]), min(numbers[0], line.gain), max(numbers[2], 3)


def _halvings(number: int, by: int) -> int:
    return 0 if number < by else 1 + _halvings(number // 2, by)


def sample_calls_of_itself(numbers: list[int], line: Any) -> Any:
    return _halvings(numbers[0], 2) + _halvings(9, 2)


def sample_shares(numbers: list[int], line: Any) -> Any:
    left = numbers[0] % 10
    for answer, share in _shares(numbers[2]):
        if left < share:
            return answer
        left -= share
    return left


def sample_choices(numbers: list[int], line: Any) -> tuple[int, int, int]:
    first, second, third = (line.gain, 0, numbers[1]) if numbers[0] > 1 else (line.gain, 5, 6)
    first += 1
    return first, second, third


def sample_masks(numbers: list[int], line: Any) -> Any:
    whole = 0
    for place in range(4):
        if line.mask >> place & 1 and numbers[0] >> place & 1:
            whole |= 1 << place
    return whole + (numbers[1] & line.mask | 0) + sum(number for number in numbers if number > line.gain)


def _most(*numbers: int) -> int:
    return max(numbers) if numbers else 0


def sample_arguments_taken_together(numbers: list[int], line: Any) -> tuple[int, ...]:
    return _most(), _most(*line.steps), _most(numbers[0], twice(numbers, 2), numbers[0]), _most(*numbers)


def sample_names_for_a_moment(numbers: list[int], line: Any) -> Any:
    before = numbers[0]
    other = twice(numbers, 1)
    between = before if other > 4 else -before
    numbers[1] = between + other
    smallest = sorted(numbers, key=lambda number: -number)[-1]
    return smallest if smallest < before else before


def _later(numbers: list[int], since: int) -> int:
    """Too long to be unfolded."""
    numbers[0] += 1
    if numbers[1] > 1:
        numbers[1] -= 1
    since = max(since, numbers[2])
    if since > 2:
        numbers[2] += since
        numbers[0] -= since
        numbers[1] += since
    return since + numbers[2]


def sample_what_is_given_and_changed_after_a_branch(numbers: list[int], line: Any) -> Any:
    return _later(numbers, numbers[0] + line.gain), _later(numbers, numbers[1])


def sample_words(numbers: list[int], line: Any) -> tuple[Any, ...]:
    return line.words, len(line.words), numbers[0], line.words if numbers[1] > 1 else None


def telling(numbers: list[int], told: list[str], line: Any) -> Any:
    tell(told, f"{line.words} {twice(numbers, 5)}" if line.asks and not told else "told")
    return numbers[1] + line.gain


def tell(told: list[str], words: str) -> None:
    told.append("told")


def sample_what_is_remembered(numbers: list[int], line: Any) -> Any:
    squares, law = line.squares, line.squares.__getitem__
    numbers[0] = squares[numbers[0]]
    if numbers[1] > 2 and squares[numbers[1]] > 20:
        numbers[2] = numbers[1] * law(numbers[0] - numbers[1]) // 2 + squares[numbers[2] & 3]
    numbers[1] += squares[numbers[2]]
    numbers[2] += squares[squares[numbers[1] & 3]]
    return squares[numbers[2]] if numbers[0] else 0, law(numbers[0] & line.mask)


def sample_what_is_decided_whatever_else(numbers: list[int], line: Any) -> Any:
    found = 1 if numbers[0] or line.asks else 2
    while numbers[1] > 3 or not line.asks:
        numbers[1] -= 1
        if numbers[1] < -3 and (numbers[2] or line.steps is not None):
            break
    if not (numbers[1] > 0 and not line.asks):
        found += 4
    if numbers.pop() or line.asks:
        numbers.append(found)
    return found, numbers[0] or line.gain, numbers[1] and line.asks


def sample_many_variables(numbers: list[int], line: Any) -> Any:
    one = numbers[0] + line.gain
    two = one * one if one > 1 else numbers[1]
    three = two + two + numbers[2]
    for number in numbers:
        four = three - number if number else three
        three = four + four % 7
    five = three * three + one
    six = five + five // 3
    seven = sorted(numbers, key=lambda number: number * six)
    eight, nine = (seven[0], six) if seven[1] > 2 else (seven[-1], five)
    while eight > 3:
        ten = eight // 2
        eight = ten + ten % 2
    eleven = nine * nine + eight
    numbers[0] = eleven * eleven
    return eleven + eleven, one
