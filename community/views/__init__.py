"""Pages of the community: thin, a selector or a form, then a template."""
