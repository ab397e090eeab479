"""One module per part of the work. A view translates the request, makes one call, and shows the answer."""
