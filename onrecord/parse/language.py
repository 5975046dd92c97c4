"""The language of an article: what its words say, with the page's own declaration as a tie-breaker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

SURE = 0.95
ENOUGH_LETTERS = 200
SAMPLE = 2000  # code points; more changes no answer
ENGLISH = frozenset({"the", "of", "and", "that", "was", "with", "for", "has", "have", "were"})
PLAINLY = 0.12  # the share of these words from which on a text is English, and nothing slower need look


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(paragraphs: Sequence[str], declared: str | None) -> str | None:
    """ISO 639-1 code of the paragraphs' language, or None where neither the words nor the page say."""
    sample = " ".join(paragraphs)[:SAMPLE]
    if not any(c.isalpha() for c in sample):
        return declared
    if declared in ("en", None) and len(sample) >= ENOUGH_LETTERS:
        words = sample.lower().split()
        if sum(w in ENGLISH for w in words) >= PLAINLY * len(words):
            return "en"
    code, sure = _identifier().classify(sample)
    if declared and declared != code and (sure < SURE or len(sample) < ENOUGH_LETTERS):
        return declared
    return str(code)
