"""Where the frozen windows begin; ``jiafang-gui`` of the installed package begins at the same function."""

import sys

from ui.app import main

sys.exit(main())
