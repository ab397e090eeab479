"""Jobs in the background, by procrastinate in the same database: queued with the data, never done twice.

A *job* is what somebody asked for; `work` says what each kind does, with one call into the office.
"""
