"""The back-fill: WARC files become Parquet tables on many processes or machines, and the tables become part of a record.

1. `files` finds the WARC files, 2. `cutting` cuts each into parts, 3. `reading` reads a part into tables (`tables`), written to a
staging folder (`staging`), 4. `run` moves them to their places and writes a line into the `manifest`, 5. `load` brings them into a
record. `pool` does the work in this process or with Dask. What only these need is the extra `onrecord[batch]`.
"""
