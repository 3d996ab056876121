"""``python -m jiafang_desktop.cli``: the same as ``jiafang``."""

import sys

from jiafang_desktop.cli.main import main

sys.exit(main())
