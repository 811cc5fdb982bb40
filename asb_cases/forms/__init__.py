"""Browser forms. Thin: they read what was typed and call a service."""
