"""Form fields for dates and moments: text boxes that a person can type into, errors beside the right box."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from frontend.words import LONDON, MONTHS, date_words, local, time_words

DATE_PARTS = ("day", "month", "year")
# A typing slip in the year would otherwise pass as a date of the Middle Ages.
YEARS = range(1900, 2101)
# Clocks of a phone and of the server differ: "now" typed in earnest is not the future.
ALLOWANCE = dt.timedelta(minutes=1)


class Box(NamedTuple):
    name: str
    label: str
    width: int
    inputmode: str


class Boxes(forms.Widget):
    """Several text boxes for one value. Data arrive as `{name}_{box}` and leave as a tuple of texts."""

    template_name = "govuk/forms/boxes_widget.html"
    use_fieldset = True
    boxes: ClassVar[tuple[Box, ...]] = (
        Box("day", "Day", 2, "numeric"),
        Box("month", "Month", 2, "numeric"),
        Box("year", "Year", 4, "numeric"),
    )

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(box.name for box in self.boxes)

    def texts(self, value: Any) -> tuple[str, ...]:
        """What the boxes show for a value: a date, or what a person typed."""
        if not value:
            return ("",) * len(self.boxes)
        if isinstance(value, dt.datetime):
            value = local(value).date()
        if isinstance(value, dt.date):
            return str(value.day), str(value.month), str(value.year)
        return tuple(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in self.names)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in self.names)

    def id_for_label(self, id_: str) -> str:
        return ""  # the legend names the group, and each box has a label of its own

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        bad = attrs.pop("bad_parts", ())
        context = super().get_context(name, None, attrs)
        frame_id = context["widget"]["attrs"].get("id", "")
        context["boxes"] = [
            {"box": box, "id": f"{frame_id}_{box.name}", "name": f"{name}_{box.name}", "text": text,
             "bad": box.name in bad}
            for box, text in zip(self.boxes, self.texts(value), strict=True)
        ]  # fmt: skip
        return context


class MomentBoxes(Boxes):
    """The boxes of a date and one for the time."""

    boxes = (*Boxes.boxes, Box("time", "Time", 5, ""))

    def texts(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, dt.datetime):
            # Without "(midday)": the box holds what a person would type.
            return *super().texts(value), time_words(value).split(" ")[0]
        if isinstance(value, dt.date):
            return *super().texts(value), ""
        return super().texts(value)


class DateField(forms.Field):
    """A date in three boxes. Months may be typed as words ("Sept"). Cleans to a `datetime.date` or None.

    `past` refuses days after today in London, `future` days before it. `subject` is the date inside a
    sentence ("date of birth"); GovukForm takes it from the label when that is not a question.
    """

    widget: type[Boxes] | Boxes = Boxes
    anything = "date"

    def __init__(self, *, subject: str = "", past: bool = False, future: bool = False, **options: Any) -> None:
        if past and future:
            raise ValueError("a date cannot be refused on both sides of today")
        self.subject, self.past, self.future = subject, past, future
        super().__init__(**options)

    def to_python(self, value: Any) -> dt.date | None:
        typed = self._typed(value)
        if not any(typed):
            return None
        self._refuse_gaps(typed)
        day = self._date(typed[:3])
        self._refuse_side(day < _today(), day > _today(), "today or ", DATE_PARTS)
        return day

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            words = self.error_messages["required"]
            if words == forms.Field.default_error_messages["required"]:
                words = f"Enter {self._subject}"
            raise ValidationError(words, code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        # Compared as typed, so that seconds nobody sees do not count as a change.
        return not self.disabled and self._boxes.texts(initial) != self._boxes.texts(data)

    # --- steps --------------------------------------------------------------------------------------

    @property
    def _subject(self) -> str:
        return self.subject or f"the {self.anything}"

    @property
    def _boxes(self) -> Boxes:
        return cast(Boxes, self.widget)  # a class until the field is made, its instance from then on

    @property
    def _names(self) -> tuple[str, ...]:
        return self._boxes.names

    def _typed(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, dt.date):  # a caller may validate a value of its own
            return self._boxes.texts(value)
        return tuple(value or ("",) * len(self._names))

    def _refuse_gaps(self, typed: Sequence[str]) -> None:
        missing = [name for name, text in zip(self._names, typed, strict=True) if not text]
        if missing:
            what = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
            raise self._problem("incomplete", f"must include a {what}", missing)

    def _date(self, typed: Sequence[str]) -> dt.date:
        day, month, year = _number(typed[0]), _month(typed[1]), _number(typed[2])
        if year is not None and len(typed[2]) != 4:
            raise ValidationError("Year must include 4 numbers", code="year", params={"parts": ["year"]})
        if year is not None and year not in YEARS:
            words = f"Year must be between {YEARS[0]} and {YEARS[-1]}"
            raise ValidationError(words, code="year", params={"parts": ["year"]})
        plausible = (day in range(1, 32), month is not None, year is not None)
        if day is not None and month is not None and year is not None and all(plausible):
            try:
                return dt.date(year, month, day)
            except ValueError:
                plausible = (False, False, False)  # 31 June: which of the three is meant, nobody can tell
        wrong = [name for name, good in zip(DATE_PARTS, plausible, strict=True) if not good]
        raise self._problem("invalid", "must be a real date", wrong)

    def _refuse_side(self, past: bool, future: bool, or_now: str, parts: Iterable[str]) -> None:
        if self.past and future:
            raise self._problem("future", f"must be {or_now}in the past", parts)
        if self.future and past:
            raise self._problem("past", f"must be {or_now}in the future", parts)

    def _problem(self, code: str, words: str, parts: Iterable[str]) -> ValidationError:
        sentence = f"{_capital(self._subject)} {words}"
        return ValidationError(sentence, code=code, params={"parts": list(parts)})


class MomentField(DateField):
    """A date in three boxes and a time in a fourth. Cleans to an aware datetime in Europe/London, or None.

    The time may be typed as people write it: 9:00, 9.30am, 21:15, 9pm, midday. A time that the spring clock
    change skips is refused. A time in the hour that the autumn change repeats means the earlier of the two
    (British Summer Time): clocks that start with it then run out sooner rather than later.

    `past` refuses moments after now, `future` moments before it, each with a minute's allowance.
    """

    widget = MomentBoxes
    anything = "date and time"

    def to_python(self, value: Any) -> dt.datetime | None:
        typed = self._typed(value)
        if not any(typed):
            return None
        self._refuse_gaps(typed)
        problems: list[ValidationError] = []
        day = time = None
        try:
            day = self._date(typed[:3])
        except ValidationError as problem:
            problems.append(problem)
        time = parse_time(typed[3])
        if time is None:
            words = "Enter a time, like 9:30am or 2:15pm"
            problems.append(ValidationError(words, code="time", params={"parts": ["time"]}))
        if problems or day is None or time is None:
            raise ValidationError(problems)
        return self._moment(day, time)

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        moment = dt.datetime.combine(day, time, tzinfo=LONDON)
        if local(moment.astimezone(dt.UTC)).replace(tzinfo=None) != moment.replace(tzinfo=None):
            words = (
                f"There is no {time_words(time)} on {date_words(day)}, because the clocks go forward "
                "from 1am to 2am. Enter another time"
            )
            raise ValidationError(words, code="skipped", params={"parts": ["time"]})
        now = timezone.now()
        # The date is at fault unless it is today's: then only the time can be.
        parts = ["time"] if day == _today() else DATE_PARTS
        self._refuse_side(moment < now - ALLOWANCE, moment > now + ALLOWANCE, "", parts)
        return moment


def parse_time(text: str) -> dt.time | None:
    """A time of day as people write it, or None. A bare "9" is refused: it may be either nine."""
    text = text.strip().lower()
    if re.fullmatch(r"(12\s*)?(midday|noon)", text):
        return dt.time(12)
    if re.fullmatch(r"(12\s*)?midnight", text):
        return dt.time(0)
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*(?:([ap])\.?\s?m\.?)?", text, re.ASCII)
    if not found or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half and not (half == "p" and 13 <= hour <= 23):  # 21:15pm says the same thing twice
        return None
    return dt.time(hour, minute) if hour <= 23 else None


def _month(text: str) -> int | None:
    """1 to 12, from a number or from the first three or more letters of a name."""
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    name = text.lower().rstrip(".")
    names = (month.lower() for month in MONTHS)
    # "sept" is what most people write, and no prefix of "september" is wrong.
    return next((i for i, month in enumerate(names, 1) if len(name) >= 3 and month.startswith(name)), None)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None


def _today() -> dt.date:
    return local(timezone.now()).date()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
