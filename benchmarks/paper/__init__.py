"""How fast receipts are set, and how much memory a long run needs."""
