"""Stage 4, rules: every component's rules over every region, all problems at once."""
