from .reading import AnswerView, EvidenceView, RequestsView, RequestView, WithdrawView
from .sending import CheckView, DiscardView
from .writing import EditView, NewAccountRequestView, NewRequestView, RemoveEvidenceView

__all__ = [
    "AnswerView",
    "CheckView",
    "DiscardView",
    "EditView",
    "EvidenceView",
    "NewAccountRequestView",
    "NewRequestView",
    "RemoveEvidenceView",
    "RequestView",
    "RequestsView",
    "WithdrawView",
]
