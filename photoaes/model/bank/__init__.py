"""Task vectors on the disk: a manifest, tensor files, and where they come from."""
