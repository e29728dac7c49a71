"""What a release serves to people without account, signed, and watched from outside.

Nothing here looks at a case; watching needs no database and no account."""
