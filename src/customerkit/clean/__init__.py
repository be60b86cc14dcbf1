"""Rules that propose: standardise, deduplicate, fill, correct."""
