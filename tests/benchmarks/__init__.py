"""Measurements, run by hand: each prints the machine and medians. No test times anything."""
