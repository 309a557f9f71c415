"""Models of libraries, shown in unfold's clothes or not at all."""

from typing import Any

from django.contrib import admin
from django_celery_beat.admin import ClockedScheduleAdmin as BaseClockedScheduleAdmin
from django_celery_beat.admin import CrontabScheduleAdmin as BaseCrontabScheduleAdmin
from django_celery_beat.admin import PeriodicTaskAdmin as BasePeriodicTaskAdmin
from django_celery_beat.admin import PeriodicTaskForm, TaskSelectWidget
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

# Groups are not used; the others hold secrets and belong to their users.
HIDDEN = ("auth.Group", "mfa.Authenticator", "usersessions.UserSession", "account.EmailConfirmation", "sites.Site")


class UnfoldTaskSelectWidget(UnfoldAdminSelectWidget, TaskSelectWidget):
    """The list of registered tasks, drawn by unfold."""


class UnfoldPeriodicTaskForm(PeriodicTaskForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].widget = UnfoldAdminTextInputWidget()
        self.fields["regtask"].widget = UnfoldTaskSelectWidget()


class PeriodicTaskAdmin(BasePeriodicTaskAdmin, ModelAdmin):
    form = UnfoldPeriodicTaskForm


class CrontabScheduleAdmin(BaseCrontabScheduleAdmin, ModelAdmin):
    pass


class ClockedScheduleAdmin(BaseClockedScheduleAdmin, ModelAdmin):
    pass


_DRESSED: dict[Any, type[ModelAdmin]] = {
    PeriodicTask: PeriodicTaskAdmin,
    IntervalSchedule: ModelAdmin,
    CrontabSchedule: CrontabScheduleAdmin,
    SolarSchedule: ModelAdmin,
    ClockedSchedule: ClockedScheduleAdmin,
}


def dress_libraries() -> None:
    """Hide what nobody should edit, and register the beat's schedules again for unfold."""
    hidden = [model for model in admin.site._registry if model._meta.label in HIDDEN]
    for model in hidden:
        admin.site.unregister(model)
    for model, model_admin in _DRESSED.items():
        if admin.site.is_registered(model):
            admin.site.unregister(model)
        admin.site.register(model, model_admin)
