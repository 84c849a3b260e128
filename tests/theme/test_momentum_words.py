"""Momentum is called the same at the terminal and on the pages."""

from __future__ import annotations

import pytest

from headway.cli.status import MOMENTUM
from headway.progress.report import MomentumState
from headway.theme.words import choose_word


@pytest.mark.parametrize("state", MomentumState, ids=lambda state: state.value)
def test_the_site_says_what_the_terminal_says(state: MomentumState) -> None:
    assert choose_word(state.value, {}, "en").capitalize() == MOMENTUM[state.value][1]
