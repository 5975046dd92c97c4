"""Indicators: armed questions, matched on readings, and the alerts that they raise."""
