"""Many specs at once: found, dealt to machines and cores, passed over where nothing changed, each failing alone."""
