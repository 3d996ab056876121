"""What adopting finds: places for fields, and what a person should know. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Binding:
    """``field`` is written at ``at``: a cell (t1r2c3), behind a label in a cell (t1r7c5+) or in the line over or under
    the tables (p2). ``label`` are the words it was known by, ``sample`` what stands there now; ``where`` is for people.
    ``placed`` says that its placeholder stands there already.
    """

    field: str
    at: str
    where: str
    label: str
    sample: str = ""
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be told: ``code`` for programs, ``message`` and ``hint`` in Chinese."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CellPicture:
    """A cell for a drawing of the form: where it lies in its table, what it says, which field it is for."""

    at: str
    row: int
    column: int
    span: int
    rows: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """``tables`` are drawings, a tuple of cells each; ``lines`` the paragraphs outside with their places (p2)."""

    kind: str
    bindings: tuple[Binding, ...]
    problems: tuple[Finding, ...] = ()
    tables: tuple[tuple[CellPicture, ...], ...] = field(default=())
    lines: tuple[tuple[str, str], ...] = field(default=())
