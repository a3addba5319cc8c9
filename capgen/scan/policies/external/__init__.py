"""What `checkov --external-checks-dir` is given: every policy of capgen, for checkov's own command line."""
