"""Static files with their content's hash in their name, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed, hashed files; imports between our ES modules get the hashed names too.

    Without the flag `app.js` would go on importing `./govuk-frontend.min.js`, a name that is not kept for
    ever, and after a release a browser could join an old module to a new one.
    """

    support_js_module_import_aggregation = True
