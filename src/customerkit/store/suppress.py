"""Remember whom not to collect again, without remembering who they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence

from attrs import define, field

from customerkit.model.batch import Batch, Row
from customerkit.model.profile import IDENTIFYING, fields
from customerkit.model.tables import META, SUPPRESSED
from customerkit.roles import role
from customerkit.roles._compatible import known_as, said_as
from customerkit.roles.full_name import given_name
from customerkit.roles.identifier import stands_for_nobody
from customerkit.store.protocol import Backend, Cond
from customerkit.store.unit import RunWriter

_SHARED = ("email", "phone", "account")
_IDENTIFYING = (*IDENTIFYING, "external_id", "fingerprint")
_NAMES = ("given_name", "full_name")
_SECOND = ("given_name_2", "full_name_2")
_NAMELESS = "?"
_ANYBODY = "*"


@define
class Suppression:
    """Recognise erased people by keyed digests of their identifiers.

    The key is random and stays in the base, so a digest tells nothing elsewhere.

    Args:
        backend: The store.
    """

    backend: Backend
    _digests: set[str] | None = None
    _secret: bytes = field(default=b"", repr=False)

    def allows(self, batch: Batch, space: str) -> list[bool]:
        """Return, for each row, whether it is about nobody who was erased."""
        if not self._load():
            return [True] * len(batch)
        names = [name for name in batch.names if _base(name) in _IDENTIFYING]
        people = [batch.column(n) if n in batch.names else [None] * len(batch) for n in _NAMES]
        hints = {name: _hints(batch, name) for name in names}
        answers: dict[tuple[object, ...], bool] = {}
        allowed = []
        for at, (row, given, full) in enumerate(zip(batch.rows(names), *people, strict=True)):
            name = given_name(given, full)
            said = ((n, v, hints[n][at]) for n, v in zip(names, row, strict=True))
            allowed.append(not any(self._hit(item, space, name, answers) for item in said))
        return allowed

    def _hit(
        self,
        said: tuple[str, object, object],
        space: str,
        given: str | None,
        answers: dict[tuple[object, ...], bool],
    ) -> bool:
        if said[1] is None:
            return False
        item = (*said, given)
        if item not in answers:
            whose = [_ANYBODY, *(said_as(given) if given else [_NAMELESS])]
            found = self._digests_of(*said, space, whose)
            answers[item] = not found.isdisjoint(self._digests or ())
        return answers[item]

    def _digests_of(
        self, name: str, value: object, hint: object, space: str, whose: Iterable[str]
    ) -> set[str]:
        """Return the keyed digests of an identifier, one for each name where it is shared."""
        base = _base(name)
        text = _key(name, value, hint)
        if text is None:
            return set()
        wheres = whose if base in _SHARED else [space if base == "external_id" else ""]
        return {self._digest(f"{base}\x1f{where}\x1f{text}") for where in wheres}

    def _digest(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def add(self, writer: RunWriter, rows: Sequence[tuple[Row, str]]) -> None:
        """Remember the identifiers of one person's records, each with its id's space.

        What several people can share is remembered with every form of the given
        name, and for records that name nobody. Where nobody was ever named, it
        alone is the person.
        """
        self._load(create=True)
        names = [given_name(*map(row.get, some)) for row, _ in rows for some in (_NAMES, _SECOND)]
        known = {mark for name in names if name for mark in known_as(name)}
        whose = {_NAMELESS, *(known or {_ANYBODY})}
        digests = {
            digest
            for row, space in rows
            for name, value in row.items()
            if value is not None and _base(name) in _IDENTIFYING
            for digest in self._digests_of(name, value, _hint(row, name), space, whose)
        }
        run_id = writer.run_id
        self.backend.put(SUPPRESSED, [{"digest": d, "run_id": run_id} for d in sorted(digests)])
        self._digests = None

    def _load(self, create: bool = False) -> bool:
        found = self.backend.get(META, ["secret"])[0]
        if found is None and create:
            found = {"name": "secret", "value": secrets.token_hex(32), "version": 1}
            self.backend.put(META, [found])
        if found is None:
            return False
        self._secret = bytes.fromhex(str(found["value"]))
        if self._digests is None:
            batches = self.backend.scan(SUPPRESSED, [Cond("digest", "ge", "")])
            self._digests = {str(item) for batch in batches for item in batch.column("digest")}
        return bool(self._digests)


def _base(name: str) -> str:
    item = fields().get(name)
    return item.base if item else name


def _hint_name(name: str) -> str | None:
    item = fields().get(name)
    return role(item.role).hint_field if item else None


def _hint(row: Row, name: str) -> object:
    return row.get(_hint_name(name) or "")


def _hints(batch: Batch, name: str) -> Sequence[object]:
    hint = _hint_name(name)
    return batch.column(hint) if hint in batch.names else [None] * len(batch)


def _key(name: str, value: object, hint: object) -> str | None:
    """Return the text by which an identifier is recognised, None for a placeholder."""
    if isinstance(value, bytes):
        return value.hex()
    if name == "external_id":
        standard = role("identifier").standardise(str(value)).value
        return None if standard is None or stands_for_nobody(standard) else standard
    item = role(fields()[name].role)
    standard = item.standardise(str(value), None if hint is None else str(hint)).value
    return item.key(standard) if standard else None
