"""Find customers by what people type: an index that any store can keep, and mirrors."""
