"""Pages of cases for signed-in members; everything readable is opened in the member's browser."""
