"""An act that waits in vain while a large file of its centre is entered: nothing is done, and the page says so."""

import threading

from django.db import connection, transaction
from django.urls import reverse

from candidates.models import Candidate
from technicals.services.entering import wait_for_others

ANN = {"first_name": "Ann", "last_name": "Fox", "date_of_birth": "04/03/2009", "gender": "female"}


def test_a_candidate_added_while_a_file_is_entered_is_told_to_wait_and_added_afterwards(centre, officer, signed_in):
    client, new = signed_in(officer), reverse("candidates:new")
    is_held, is_over = threading.Event(), threading.Event()

    def enter_a_large_file():
        with transaction.atomic():
            wait_for_others(centre)
            is_held.set()
            is_over.wait()
        connection.close()

    worker = threading.Thread(target=enter_a_large_file)
    worker.start()
    is_held.wait()
    held_up = client.post(new, ANN)
    is_over.set()
    worker.join()

    assert (held_up.status_code, held_up["Retry-After"]) == (503, "10")
    assert "Nothing was changed. Wait ten seconds, go back and press the button again." in held_up.text
    assert not Candidate.objects.exists()
    assert client.post(new, ANN).status_code == 302
