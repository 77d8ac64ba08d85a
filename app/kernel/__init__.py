"""What every room stands on: knows no domain and imports no room."""
