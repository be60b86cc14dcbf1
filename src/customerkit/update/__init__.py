"""Rules that decide which value of a customer wins."""
