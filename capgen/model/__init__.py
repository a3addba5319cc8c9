"""Stage 3, model: frozen values per region, with defaults, profile and overrides applied and their origin kept."""
