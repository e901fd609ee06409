from tests.technicals.conftest import *  # noqa
