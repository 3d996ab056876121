"""How a person of the roster reads in the 名册 list and in the panel beside it.

Words only; which people are listed and what changes them is the services' business.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiafang_desktop.domain.cadres import CADRE_FIELDS, FIELD_TITLES, Cadre


def birth_words(text: str | None) -> str:
    """1975-03 as 1975.03, a full date as 1975.3.8."""
    if not text:
        return ""
    parts = text.split("-")
    if len(parts) == 3:
        return f"{parts[0]}.{int(parts[1])}.{int(parts[2])}"
    return ".".join(parts)


def field_words(cadre: Cadre, name: str) -> str:
    """One field as a person reads it."""
    value = getattr(cadre.content, name)
    return birth_words(value) if name == "birth_date" else value or ""


def details(cadre: Cadre) -> Iterator[tuple[str, str]]:
    """Title and words of every field that holds something, the name apart."""
    for name in CADRE_FIELDS[1:]:
        words = field_words(cadre, name)
        if words:
            yield FIELD_TITLES[name], words


def person_line(cadre: Cadre) -> str:
    """Unit and post in one caption."""
    return "　".join(part for part in (cadre.content.unit, cadre.content.post) if part)
