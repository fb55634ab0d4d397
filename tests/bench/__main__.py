"""``python -m tests.bench``: what newscli costs, beside the peers that are installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.runner import main

sys.exit(main())
