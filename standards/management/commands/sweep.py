"""Look for promises that fell due: the same as the worker does, without Celery."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection

from notifications.services import dispatch
from standards.duties import turn_over
from standards.heartbeat import sweep_is_late
from standards.sweep import sweep

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Marks missed promises, warns of near ones and sends alerts, once or for ever. Harmless beside the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until stopped: a second trigger beside Celery")
        parser.add_argument("--every", type=float, default=20, metavar="SECONDS")
        parser.add_argument(
            "--is-alive", action="store_true", help="Only answer whether anybody swept in the last five minutes"
        )

    def handle(self, *, loop: bool, every: float, is_alive: bool, **options: Any) -> None:
        if is_alive:
            if sweep_is_late():
                raise CommandError("Nobody has swept for five minutes.")
            return
        if not loop:
            turn_over()
            self.stdout.write(f"Looked at {sweep()} promises, sent {dispatch()} messages.")
            return
        while True:
            try:
                turn_over()
                sweep()
                dispatch()
            except (OperationalError, InterfaceError) as error:
                logger.error("sweep failed, trying again in %s seconds: %s", every, type(error).__name__)
                connection.close()
            time.sleep(every)
