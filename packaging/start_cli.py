"""Where the frozen command line begins; ``jiafang`` of the installed package begins at the same function."""

import sys

from jiafang_desktop.cli.main import main

sys.exit(main())
