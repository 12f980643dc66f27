"""The windows of HOPE Studio. No mathematics in here: numbers come from hope_core."""
