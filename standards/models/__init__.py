"""The engine's rows: bank holidays, charters, matters with their clocks, figures, and histories judged anew."""

from standards.models.charters import Charter, Promise
from standards.models.holidays import BankHoliday, BankHolidayEdition
from standards.models.matters import Breach, Clock, Evidence, Heartbeat, Matter
from standards.models.measures import MeasureTarget, MeasureValue
from standards.models.replays import Replay

__all__ = [
    "BankHoliday", "BankHolidayEdition", "Breach", "Charter", "Clock", "Evidence", "Heartbeat", "Matter",
    "MeasureTarget", "MeasureValue", "Promise", "Replay",
]  # fmt: skip
