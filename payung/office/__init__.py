"""The office: one room per capability, in the order the work flows. Later rooms know earlier ones."""
