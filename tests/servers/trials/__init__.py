"""What every store has to stand: crowds, kills and cut lines. Used by tests and by benchmarks."""
