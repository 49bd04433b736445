"""How the weights in ``newsclean/models`` are made, end to end, from dataset folders."""
