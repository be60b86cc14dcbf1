"""Where rows live: the backend protocol, its registry, and the unit of work."""
