"""Undo runs: what a run contributed is withdrawn, what follows is derived anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, evolve

from customerkit.errors import UndoError
from customerkit.model.log import Run
from customerkit.model.tables import DECISIONS, META, QUARANTINE
from customerkit.rules.derive import Deriver, Settled
from customerkit.store.protocol import Cond
from customerkit.store.unit import RunWriter, UnitOfWork, details

_FINAL = {"erase": "an erasure is final: what it removed is gone"}


def last(unit: UnitOfWork) -> Run:
    """Return the last run that can be undone.

    Args:
        unit: The store with its log.

    Raises:
        UndoError: There is none.
    """
    runs = [run for run in unit.runs() if run.undone_by is None and run.verb != "undo"]
    if not runs:
        raise UndoError("there is no run to undo")
    return runs[-1]


@define
class Undoing:
    """Undo one run within another.

    Args:
        unit: The store with its log.
        deriver: Gives the derivation under the rules in force, read anew.
    """

    unit: UnitOfWork
    deriver: Callable[[], Deriver]

    def check(self, run: Run) -> None:
        """Refuse what cannot be undone.

        Raises:
            UndoError: And what to undo first, where that would help.
        """
        if run.verb in _FINAL:
            raise UndoError(_FINAL[run.verb], run=run.run_id)
        if run.undone_by is not None:
            raise UndoError(
                f"run {run.run_id} was already undone by run {run.undone_by}; "
                f"undo run {run.undone_by} to bring it back",
                run=run.run_id,
            )
        if run.verb == "clean":
            later = [r.run_id for r in self._cleans() if r.run_id > run.run_id]
            if later:
                raise UndoError(
                    f"run {run.run_id} is built upon by clean run {later[-1]}; undo that first",
                    run=run.run_id,
                    later=later,
                )

    def _cleans(self) -> list[Run]:
        return [run for run in self.unit.runs(verb="clean") if run.undone_by is None]

    def apply(self, writer: RunWriter, run: Run) -> Settled:
        """Withdraw a run, or bring back the one it undid.

        Args:
            writer: The undoing run.
            run: The run to undo.

        Returns:
            What changed.
        """
        run = evolve(run, undone_by=writer.run_id)
        self.unit.amend([run])
        if run.verb == "undo":
            return self._redo(writer, run)
        if run.verb == "clean":
            return self._clean(writer, run)
        return self._settle(writer, run)

    def _redo(self, writer: RunWriter, undo: Run) -> Settled:
        target = evolve(self.unit.one(int(details(undo)["target"])), undone_by=None)
        self.unit.amend([target])
        if target.verb == "clean":
            taken = self.unit.runs(details(undo)["released"])
            self.unit.amend(evolve(run, cleaned_by=target.run_id) for run in taken)
            self._set_rules(target)
            return self.deriver().settle(writer, _records(taken))
        return self._settle(writer, target)

    def _settle(self, writer: RunWriter, run: Run) -> Settled:
        state = "open" if run.undone_by is None else "withdrawn"
        rows = [
            {**row, "state": state}
            for batch in self.unit.backend.scan(QUARANTINE, [Cond("run_id", "eq", run.run_id)])
            for row in batch.dicts()
            if row["state"] in ("open", "withdrawn")
        ]
        replayed = self.unit.backend.get(QUARANTINE, details(run).get("replayed", []))
        again = "replayed" if run.undone_by is None else "open"
        rows += [{**row, "state": again} for row in replayed if row is not None]
        self.unit.backend.put(QUARANTINE, rows)
        return self.deriver().settle(writer, [*_records([run]), *self._decided(run)])

    def _decided(self, run: Run) -> list[int]:
        where = [Cond("run_id", "eq", run.run_id)]
        rows = [row for batch in self.unit.backend.scan(DECISIONS, where) for row in batch.dicts()]
        sides = [row[side] for row in rows for side in ("left_id", "right_id")]
        return [int(str(record)) for record in sides if record is not None]

    def _clean(self, writer: RunWriter, run: Run) -> Settled:
        taken = self.unit.runs(cleaned_by=run.run_id)
        self.unit.amend(evolve(item, cleaned_by=None) for item in taken)
        writer.details["released"] = [item.run_id for item in taken]
        earlier = self._cleans()
        everything = taken
        if earlier and details(earlier[-1]).get("ruleset") != details(run).get("ruleset"):
            everything = [item for item in self.unit.runs() if item.first_record is not None]
        self._set_rules(earlier[-1] if earlier else None)
        return self.deriver().settle(writer, _records(everything))

    def _set_rules(self, clean: Run | None) -> None:
        if clean is None:
            self.unit.backend.delete(META, ["rules"])
            return
        row = {"name": "rules", "value": details(clean)["ruleset"], "version": 1}
        self.unit.backend.put(META, [row])


def _records(runs: Sequence[Run]) -> list[int]:
    return [
        record
        for run in runs
        if run.first_record is not None and run.last_record is not None
        for record in range(run.first_record, run.last_record + 1)
    ]
