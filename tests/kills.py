"""How often each test of kill -9 kills: with PHOTOAES_KILLS=50 the four of them make 200."""

import os

KILLS = int(os.environ.get("PHOTOAES_KILLS", "20"))
