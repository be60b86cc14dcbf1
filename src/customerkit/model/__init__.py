"""The nouns: what customers, records, activities and runs are."""
