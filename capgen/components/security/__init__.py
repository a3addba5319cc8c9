"""One security group per tier and one rule resource per flow between them: nothing else is open."""
