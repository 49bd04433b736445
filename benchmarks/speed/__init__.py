"""How long cleaning takes, against peers in the same run."""
