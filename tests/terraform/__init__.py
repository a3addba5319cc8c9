"""Real Terraform (or OpenTofu) runs, and the harness that makes them."""
