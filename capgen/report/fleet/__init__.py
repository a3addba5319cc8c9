"""What became of many specs, as text, data and reports."""
