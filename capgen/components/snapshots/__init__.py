"""The bucket that keeps snapshots of the agent's configuration, and the helper script in it.

A snapshot holds key material, so the bucket is private, versioned, encrypted and reached over TLS only.
"""
