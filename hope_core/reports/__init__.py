"""Reports about runs: facts read from their folders, written as HTML or Markdown."""
