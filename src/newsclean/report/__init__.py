"""Pictures of what was kept and removed, for the terminal and for the browser."""
