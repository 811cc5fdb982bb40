"""Pages of casework. Thin: a selector or a form, then a template."""
