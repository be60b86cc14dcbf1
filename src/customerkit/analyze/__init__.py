"""From customers to insights: behaviour, needs, preferences."""
