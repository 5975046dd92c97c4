"""One file a format; each has `write(readings, file)`."""

from onrecord.export import csv, html, json, terminal

__all__ = ["csv", "html", "json", "terminal"]
