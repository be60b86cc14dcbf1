"""The three averaged scores."""
