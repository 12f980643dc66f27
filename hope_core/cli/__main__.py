"""Makes `python -m hope_core.cli` the same as `hope`."""

from hope_core.cli.main import main

main()
