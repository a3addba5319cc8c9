"""A stand-in for AWS on loopback: moto, with its gaps named in `gaps.json` and filled in `patches`."""
