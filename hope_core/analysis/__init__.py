"""Every number a panel or a report shows: series, smoothing, ETA, verdicts, memory probes."""
