"""Stage 6, synth: a topology becomes Terraform JSON through the CDK. The only stage that starts Node.js."""
