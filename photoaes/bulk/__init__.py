"""Many images, on many processes or machines: scored in parts, each of them exactly once."""
