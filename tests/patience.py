"""How long tests wait for what is sure to come: a limit for what hangs, and no measure of speed.

A machine may be so busy that torch alone takes a minute to be imported.
"""

PATIENCE_S = 300.0
PATIENCE_MS = 300_000
