"""The design system in Django: form fields, renderer, template tags, words for dates. Knows no other app."""
