"""Where people look in: the desk (signed in) and the public site."""
