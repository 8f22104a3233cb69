"""Data in, Adaptive Card out; no I/O."""
