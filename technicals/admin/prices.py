"""What entries cost, from one day to another."""

from django.contrib import admin

from core.admin import RecordedAdmin

from ..models import Price
from ..rules.prices import in_words
from .forms import PriceForm


@admin.register(Price)
class PriceAdmin(RecordedAdmin):
    form = PriceForm
    list_display = ["kind", "code", "level", "in_pounds", "since", "until", "is_sample"]
    list_filter = ["kind", "level", "is_sample"]
    search_fields = ["code"]

    @admin.display(description="amount", ordering="amount")
    def in_pounds(self, price: Price) -> str:
        return in_words(price.amount)
