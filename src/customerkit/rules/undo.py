"""Undo runs: what a run contributed is withdrawn, what follows is derived anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import define, evolve

from customerkit.errors import UndoError
from customerkit.model.batch import Batch
from customerkit.model.log import Run
from customerkit.model.tables import DECISIONS, META, QUARANTINE, RECORDS
from customerkit.rules.derive import Settled
from customerkit.store.protocol import Cond
from customerkit.store.unit import RunWriter, UnitOfWork, details, record_numbers, span

_FINAL = {"erase": "an erasure is final: what it removed is gone"}


def last(unit: UnitOfWork) -> Run:
    """Return the last run that can be undone.

    Args:
        unit: The store with its log.

    Raises:
        UndoError: There is none.
    """
    final = ("undo", *_FINAL)
    runs = [run for run in unit.runs() if run.undone_by is None and run.verb not in final]
    if not runs:
        raise UndoError("there is no run to undo")
    return runs[-1]


@define
class Undoing:
    """Undo one run within another.

    Args:
        unit: The store with its log.
        settle: Derives anew all that depends on some records, under the rules in force.
    """

    unit: UnitOfWork
    settle: Callable[[RunWriter, Sequence[int]], Settled]

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
            taken = [
                run for run in self.unit.runs(details(undo)["released"]) if run.cleaned_by is None
            ]
            self.unit.amend(evolve(run, cleaned_by=target.run_id) for run in taken)
            return self._under_rules(writer, target, taken)
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
        return self.settle(writer, [*self._affected([run]), *self._decided(run)])

    def _affected(self, runs: Sequence[Run]) -> list[int]:
        """Return the records of runs, and those that later updates wrote about them."""
        about = [
            int(str(record))
            for run in runs
            if run.first_record is not None
            for batch in self.unit.backend.scan(
                RECORDS, span(run, field="about"), columns=["record_id"]
            )
            for record in batch.column("record_id")
        ]
        return [*record_numbers(runs), *about]

    def _about(self, run: Run) -> Iterator[Batch]:
        where = span(run, field="about")
        return self.unit.backend.scan(RECORDS, where, columns=["record_id"])

    def _decided(self, run: Run) -> list[int]:
        where = [Cond("run_id", "eq", run.run_id)]
        rows = [row for batch in self.unit.backend.scan(DECISIONS, where) for row in batch.dicts()]
        sides = [row[side] for row in rows for side in ("left_id", "right_id")]
        return [int(str(record)) for record in sides if record is not None]

    def _clean(self, writer: RunWriter, run: Run) -> Settled:
        taken = [one for one in self.unit.runs(cleaned_by=run.run_id) if one.first_record]
        self.unit.amend(evolve(item, cleaned_by=self._other_clean(item)) for item in taken)
        writer.details["released"] = [item.run_id for item in taken]
        return self._under_rules(writer, run, taken)

    def _other_clean(self, collect: Run) -> int | None:
        """Return the clean run that takes a run in when the one that did is undone.

        There is one only where it was undone itself meanwhile, and brought back.
        """
        later = (run.run_id for run in self._cleans() if run.run_id > collect.run_id)
        return next(later, None)

    def _under_rules(self, writer: RunWriter, clean: Run, taken: Sequence[Run]) -> Settled:
        """Put the rules of the last clean run that counts in force, and derive by them.

        Where the rules change, so does everything, not only what was taken or released.
        """
        before = self._rules()
        cleans = self._cleans()
        after = str(details(cleans[-1])["ruleset"]) if cleans else None
        if after is None:
            self.unit.backend.delete(META, ["rules"])
        else:
            self.unit.backend.put(META, [{"name": "rules", "value": after, "version": 1}])
        if before == after:
            return self.settle(writer, [*self._affected(taken), *self._decided(clean)])
        everything = [item for item in self.unit.runs() if item.first_record is not None]
        return self.settle(writer, record_numbers(everything))

    def _rules(self) -> str | None:
        found = self.unit.backend.get(META, ["rules"])[0]
        return None if found is None else str(found["value"])
