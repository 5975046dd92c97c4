"""One file a format, each imported where it is needed; those of Readings have `write(readings, file)`."""
