"""The order of the guide's steps."""

from propdesk.domain.first_start import STEPS, Step, step_after, step_before


def test_the_steps_follow_each_other_and_end():
    walked, step = [], Step.OFFICE
    while step is not None:
        walked.append(step)
        step = step_after(step)
    assert tuple(walked) == STEPS
    assert [step_before(each) for each in STEPS] == [None, *STEPS[:-1]]
