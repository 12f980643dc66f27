"""The command line: `hope VERB`, one file a verb."""
