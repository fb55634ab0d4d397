"""Let the tests import the benchmark by the name ``python -m tests.bench`` knows it by, however pytest was started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
