"""Stage 7, write: compiled documents become a directory tree, swapped in as a whole."""
