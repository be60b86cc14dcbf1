"""Rules propose, plans apply, runs undo."""
