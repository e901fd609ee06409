from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin

from .models import OutgoingEmail, StaffAlert
from .services import send_again, settle_alerts


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin):
    list_display = ["key", "status", "attempts", "created_at", "sent_at", "next_attempt_at", "last_error"]
    list_filter = ["status", "created_at"]
    search_fields = ["key", "message_id", "subject", "to", "cc"]
    actions = ["put_back"]
    show_full_result_count = False

    @admin.action(description="Send again (parked mails)", permissions=["view"])
    def put_back(self, request: HttpRequest, queryset: QuerySet[OutgoingEmail]) -> None:
        count = send_again(emails=queryset, at=request.arrived_at)
        self.message_user(
            request, f"Put back into the queue: {count} of {len(queryset)}. Only parked mails can be sent again."
        )


@admin.register(StaffAlert)
class StaffAlertAdmin(ReadOnlyAdmin):
    list_display = ["sentence", "raised_at", "settled_at", "settled_by"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    actions = ["settle"]

    @admin.action(description="Settle: take off the front page", permissions=["view"])
    def settle(self, request: HttpRequest, queryset: QuerySet[StaffAlert]) -> None:
        count = settle_alerts(alerts=queryset, by=request.user, at=request.arrived_at)
        self.message_user(request, f"Settled: {count}.", messages.SUCCESS)
