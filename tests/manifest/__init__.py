"""Laws of the product, stated one test at a time."""
