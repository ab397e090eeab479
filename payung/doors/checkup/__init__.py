"""The installation looked over: space, versions, keys, chains, guards of the database, queue, clock, backups."""
