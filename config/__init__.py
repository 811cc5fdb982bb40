"""Settings, addresses, the Celery app and the private services: what joins the house into one system."""
