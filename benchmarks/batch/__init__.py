"""What a batch run costs."""
