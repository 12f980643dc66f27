"""`python -m hope_studio` is `hope-studio`."""

import sys

from hope_studio.app import main

sys.exit(main())
