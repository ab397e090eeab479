"""What runs apart from us: opening files that strangers made, in a child process of their own.

A cell at XFD1048576 in a file of 5 KB makes the reading library ask for 549 GB and abort its process. So a
small interpreter opens the file, under limits on memory and time, and hands over cells as plain text in
frames. Only the standard library and python_calamine are imported here: the child must start in a few
hundredths of a second.
"""
