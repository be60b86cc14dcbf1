"""The backends that come with customerkit, one file each."""
