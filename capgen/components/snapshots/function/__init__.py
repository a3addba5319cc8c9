"""What runs on AWS Lambda. Nothing of capgen imports it: its source is packed into the module."""
