from .browsers import KeptPost, KnownBrowser, SignedInSession
from .passwords import AccountAsk, OneTimePassword, PasswordRequest
from .sign_ins import NetworkAsk, SignInCount, SignInFailure
from .users import User

__all__ = [
    "AccountAsk",
    "KeptPost",
    "KnownBrowser",
    "NetworkAsk",
    "OneTimePassword",
    "PasswordRequest",
    "SignInCount",
    "SignInFailure",
    "SignedInSession",
    "User",
]
