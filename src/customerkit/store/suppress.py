"""Remember whom not to collect again, without remembering who they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from attrs import define, field

from customerkit.model.batch import Batch, Row
from customerkit.model.profile import fields
from customerkit.model.tables import META, SUPPRESSED
from customerkit.roles import role
from customerkit.roles.name import fold
from customerkit.store.protocol import Backend, Cond
from customerkit.store.unit import RunWriter

_SHARED = ("email", "phone")
_IDENTIFYING = (*_SHARED, "national_id", "tax_id", "external_id", "fingerprint")
_NAMES = ("given_name", "full_name")


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
        people = [name for name in _NAMES if name in batch.names]
        answers: dict[tuple[object, ...], bool] = {}
        allowed = []
        for row in batch.rows([*people, *names]):
            given = next((str(name) for name in row[: len(people)] if name), "")
            said = zip(names, row[len(people) :], strict=True)
            allowed.append(not any(self._hit(name, v, space, given, answers) for name, v in said))
        return allowed

    def _hit(
        self,
        name: str,
        value: object,
        space: str,
        given: str,
        answers: dict[tuple[object, ...], bool],
    ) -> bool:
        if value is None:
            return False
        item = (name, value, given)
        if item not in answers:
            answers[item] = self.digest(name, value, space, given) in (self._digests or ())
        return answers[item]

    def digest(self, name: str, value: object, space: str, given: str) -> str:
        """Return the keyed digest of an identifier, with the name where it can be shared."""
        base = _base(name)
        where = space if base == "external_id" else fold(given) if base in _SHARED else ""
        text = f"{base}\x1f{where}\x1f{_standard(name, value)}"
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def add(self, writer: RunWriter, rows: Iterable[tuple[Row, str]]) -> None:
        """Remember the identifiers of records, each with the space of its external id.

        What several people can share is remembered with the given name and, for
        records that name nobody, without.
        """
        self._load(create=True)
        digests = {
            self.digest(name, value, space, given)
            for row, space in rows
            for name, value in row.items()
            if value is not None and _base(name) in _IDENTIFYING
            for given in {next((str(row[n]) for n in _NAMES if row.get(n)), ""), ""}
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


def _standard(name: str, value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    kind = "identifier" if name == "external_id" else fields()[name].role
    standard = role(kind).standardise(str(value)).value or ""
    return role(kind).key(standard) or standard
