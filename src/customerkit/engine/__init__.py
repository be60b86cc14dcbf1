"""Where columns are worked: one SQL text and one value function on every engine."""
