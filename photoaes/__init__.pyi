from photoaes.api import OpenBank as OpenBank
from photoaes.api import Scores as Scores
from photoaes.api import open_bank as open_bank
from photoaes.api import score as score

__version__: str
