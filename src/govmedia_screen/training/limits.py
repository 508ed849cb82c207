"""What a model carries beside its weights: which evidence is enough, and what the editor's lists add.

Few numbers, the same for every list of a kind, so that they cannot learn a corpus: fitted freely, shares of lists
lost 3.5 points on corpora left out; these won one. See ``models/CHANGELOG.md`` for what was tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govmedia_screen.classifier.model import LABELS, Model

#: What lists of an office's words take from an opinion, and from promotion.
OFFICE = {"stance.office": -0.3, "stance.duty": -0.3, "stance.report": -0.2, "stance.places": -0.4}
OFFICE_SELLS = {"stance.office": -0.5, "stance.duty": -0.5, "stance.report": -0.4, "stance.places": -0.6}
#: Whom and what a public body deals with takes from promotion only: a letter of complaint names the same.
AFFAIRS = {"stance.staff": -0.5, "stance.affairs": -0.5, "stance.accounts": -0.4, "stance.form": -1.0}
#: Log-odds for each different word of a list, see ``classifier.scores.Limits``.
VOICES: Mapping[str, Mapping[str, float]] = {
    "commercial": {
        **dict.fromkeys(("stance.order", "stance.price", "stance.lure", "stance.shop"), 0.3),
        "stance.praise": 0.25,
        "stance.trade": 0.3,
        **OFFICE_SELLS,
        **AFFAIRS,
    },
    "opinion": {
        **dict.fromkeys(("stance.self", "stance.feeling", "stance.judging", "stance.readers"), 0.3),
        "stance.blunt": 0.6,
        **OFFICE,
    },
}
#: How much evidence is asked for, see ``classifier.scores.Limits``. Promotion in few words is asked for more: an office's
#: service lines are as short, and what sells in one line mostly says so in words that are listed.
CAUTION: Mapping[str, Mapping[str, float]] = {
    "commercial": {"least": 20, "enough": 28, "word": 10, "scarce": 6.0, "most": 0.9, "worst": 3.0, "few": 20},
    "opinion": {"least": 12, "enough": 20, "word": 6, "scarce": 2.5, "most": 1.2, "worst": 1.5, "few": 20},
}


def of_model(model: Model, label: str) -> dict[str, Any]:
    """A model's thresholds of one label, as they stand in its ``config.json``."""
    place = LABELS.index(label)
    limit, head = model.limits[place], model.heads[place]
    numbers = {name: getattr(limit, name) for name in ("least", "enough", "word", "scarce", "most", "worst")}
    return {"whole": round(model.thresholds[label], 6), "line": round(model.line(label), 6), **numbers, "few": head.few}
