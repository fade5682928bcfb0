"""`python -m generator`: the same as the command `ville`."""

import sys

from generator.cli import main

sys.exit(main())
