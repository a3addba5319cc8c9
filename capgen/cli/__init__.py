"""The command line: reads arguments, calls the pipeline, renders what it returns. No rule lives here."""
