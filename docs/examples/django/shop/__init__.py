"""A shop whose customers live in a base."""
