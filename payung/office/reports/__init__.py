"""Questions across the rooms, answered as frozen tables: the programme of a month, OPD by OPD.

Asks everyone below; nobody asks it but the doors.
"""
