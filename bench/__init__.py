"""Ratios measured side by side in one run: requests spent per question, and pages decoded per second."""
