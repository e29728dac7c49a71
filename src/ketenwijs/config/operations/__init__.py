"""Operating the platform: what a backup of it holds, and what is checked before it serves."""
