"""No phrase of forbidden conduct is switched off by the lists that set it to work: each match holds one of their words."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from govmedia_screen.detectors.conduct.phrases import PHRASES, Phrase
from govmedia_screen.lexicon.lexicon import load

LEXICON = load()
#: What fills gaps: everyday characters, a digit, a letter, any Han character.
FILLERS = st.sampled_from("的了，在本各a0") | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.rule)
def test_a_trigger_stands_in_all_that_a_phrase_describes(phrase: Phrase) -> None:
    words = [word for name in phrase.triggers for word in LEXICON.cues[f"conduct.trigger.{name}"].words]
    says = re.compile(phrase.says)

    @seed(19)
    @settings(max_examples=120, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.from_regex(says, alphabet=FILLERS))
    def holds(text: str) -> None:
        match = says.search(text)
        assert match is None or any(word in match[0] for word in words), match[0]

    holds()
