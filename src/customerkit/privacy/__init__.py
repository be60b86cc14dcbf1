"""Erasure and what protects people."""
