"""``python -m govmedia_screen`` is ``govmedia-screen``."""

import sys

from govmedia_screen.cli import main

sys.exit(main())
