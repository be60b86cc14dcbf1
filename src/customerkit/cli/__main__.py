"""Run the command line with ``python -m customerkit.cli``."""

from customerkit.cli import main

main()
