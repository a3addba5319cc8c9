"""The EFS file system for shared files and uploads: encrypted, reached over TLS and through one access point alone."""
