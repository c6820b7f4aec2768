"""The entry of the folder that packaging/bundle makes."""

import multiprocessing
import sys

if __name__ == "__main__":
    # Other processes of ours (`evaluate --jobs`) are this same program with arguments of Python's.
    multiprocessing.freeze_support()
    from photoaes.__main__ import entry

    sys.exit(entry())
