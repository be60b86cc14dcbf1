"""What a backend is, one topic a file."""
