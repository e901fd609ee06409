from .reading import AnswerView, EvidenceView, RequestsView, RequestView, WithdrawView
from .sending import CheckView, DiscardView
from .technicals import NewCorrectionView, NewInvoiceQueryView
from .writing import EditView, NewAccountRequestView, NewRequestView, RemoveEvidenceView

__all__ = [
    "AnswerView",
    "CheckView",
    "DiscardView",
    "EditView",
    "EvidenceView",
    "NewAccountRequestView",
    "NewCorrectionView",
    "NewInvoiceQueryView",
    "NewRequestView",
    "RemoveEvidenceView",
    "RequestView",
    "RequestsView",
    "WithdrawView",
]
