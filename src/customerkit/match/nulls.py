"""Leave out what a system writes where it knows nothing: NULL, N/A, unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from customerkit.match.codes import MISSING, Codes, Part, taken
from customerkit.match.wholes import NAMES
from customerkit.roles.missing import is_missing

_FEWEST, _SHARE = 5, 0.002  # records that state a text for it to stand for nothing: guesses
_CALLED_SO = frozenset(["na", "nan", "nat", "unk"])
"""What some people are called."""
_MOST = 0.6  # of the stated texts of a column, more than share any name: a guess
_ABROAD = frozenset(
    "yok|belirtilmemiş|bilinmiyor|brak|nie podano|b/d|sin dato|sin datos|s/d|no informa|no tiene|"
    "desconocido|desconocida|sconosciuto|non disponibile|n.d.|inconnu|non renseigné|nc|unbekannt|"
    "keine angabe|k.a.|onbekend|okänd|saknas|uppgift saknas|ukjent|ukendt|tuntematon|neznámý|"
    "neuvedeno|neuvedené|ismeretlen|nincs|necunoscut|desconhecido|não informado|nao informado|"
    "нет|нет данных|неизвестно|не указано|не указан|невідомо|немає|няма|непознато|nema|nepoznato|"
    "άγνωστο|δεν υπάρχει|לא ידוע|אין|غير معروف|لا يوجد|ไม่ระบุ|ไม่มี|không có|không|tidak ada|"
    "tiada|なし|없음|미상|नहीं|teadmata|nav|nėra".split("|")
)
"""What says nothing in other languages, and here and there in others something."""


def without_nulls(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return columns without texts that say nothing and that too many records state.

    A few people are called Null, and one record may state an unknown street: it is what
    stands again and again that is no value.

    Args:
        parts: Column → for each record the place of its text, and the texts.

    Example:
        >>> codes, texts = np.array([0, 1] * 6, np.int32), ["NULL", "Elm Street 1"]
        >>> without_nulls({"street": (codes, texts)})["street"][0].tolist()
        [-1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1]
    """
    return {name: _without(name in NAMES, *part) for name, part in parts.items()}


def _without(of_people: bool, codes: Codes, texts: Any) -> Part:
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    often = np.flatnonzero(counts >= max(_FEWEST, _SHARE * len(codes)))
    nulls = [
        place
        for place, text in zip(often.tolist(), taken(texts, often), strict=True)
        if (is_missing(text) or text.strip().casefold() in _ABROAD)
        and not (of_people and _may_be_a_name(text, counts[place] / counts.sum()))
    ]
    if not nulls:
        return codes, texts
    return np.where(np.isin(codes, nulls), MISSING, codes).astype(np.int32), texts


def _may_be_a_name(text: str, share: float) -> bool:
    return text.strip().casefold() in _CALLED_SO and share <= _MOST
