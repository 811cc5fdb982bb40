"""The bank-holiday table, for those who keep it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partners.models import User
from standards import holidays
from standards.forms import AddHolidayForm, HolidayFilter
from standards.models import BankHoliday
from standards.policies import check_can_keep_bank_holidays
from standards.rejudging import judge_affected


def bank_holidays(request: HttpRequest) -> HttpResponse:
    """The days of a year, and a form to add one."""
    user = _keeper(request)
    form = AddHolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        judged = form.save(user)
        messages.success(request, f"The day was added. {_judged_words(judged)}")
        return redirect("bank_holidays")
    query = HolidayFilter(request.GET or None)
    division, year = query.chosen()
    days = BankHoliday.objects.filter(division=division, date__year=year, removed_in=None).select_related("added_in")
    context = {"form": form, "filter": query, "days": days, "year": year, "known_until": holidays.known_until()}
    return render(request, "standards/bank_holidays.html", context, status=422 if form.errors else 200)


def remove_bank_holiday(request: HttpRequest, day: int) -> HttpResponse:
    """Asks once more, because running deadlines move with it."""
    user = _keeper(request)
    holiday = get_object_or_404(BankHoliday, pk=day, removed_in=None)
    if request.method == "POST":
        removed = holidays.Day(holiday.division, holiday.date)
        edition = holidays.change(add=(), remove=[removed], source="removed by hand", by=user)
        messages.success(request, f"The day was removed. {_judged_words(judge_affected(edition))}")
        return redirect("bank_holidays")
    return render(request, "standards/remove_bank_holiday.html", {"holiday": holiday})


def _keeper(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise TypeError("A page for staff was reached without signing in.")
    check_can_keep_bank_holidays(user)
    return user


def _judged_words(matters: int) -> str:
    if not matters:
        return "No running deadline was affected."
    return f"The deadlines of {matters:,} {'matter' if matters == 1 else 'matters'} were counted again."
