"""One settings module per place the program runs in."""
