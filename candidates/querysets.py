from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower, Replace

from core.addresses import words_of

from .rules.identity import Details, person_key
from .rules.searching import folded, joined


class CandidateQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "CandidateQuerySet":
        """Candidates of the centres that this person acts for; all of them for the board's staff."""
        if user.is_staff:
            return self
        return self.filter(
            centre__is_active=True,
            centre__memberships__user=user,
            centre__memberships__ended_at=None,
        )

    def active(self) -> "CandidateQuerySet":
        """Records that count: those that were not merged into another."""
        return self.filter(merged_into=None)

    def same_person(self, centre: Any, details: Details) -> "CandidateQuerySet":
        """Records of a centre that count, of the same name and date of birth, the oldest first."""
        return (
            self.active()
            .filter(
                centre=centre,
                person_key=person_key(details.stored_first_name, details.stored_last_name),
                date_of_birth=details.date_of_birth,
            )
            .order_by("pk")
        )

    def found_by(self, search: str) -> "CandidateQuerySet":
        """Those who have every word of a search somewhere in their name, or as an identifier or its beginning.

        Accents, capitals and blanks are ignored, and so are the zeros before a candidate number.
        """
        every_word = Q(*map(_have, words_of(search)))
        whole = _have_identifier("".join(search.split()))
        return self.filter(every_word | whole) if whole else self.filter(every_word)

    def with_name(self) -> "CandidateQuerySet":
        """Each with `sort_name`: the plain last name, then the first; blanks stand before the letters."""
        name = Lower(Concat("plain_last_name", Value("  "), "plain_first_name"))
        return self.annotate(sort_name=Replace(name, Value(" "), Value("0")))

    def lock(self, *pks: int) -> dict[int, Any]:
        """These as they stand now, by their ids, locked in the order of their ids until the transaction ends."""
        locked: Any = self.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
        return {candidate.pk: candidate for candidate in locked}


def _have(word: str) -> Q:
    found = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(middle_names__icontains=word)
    if plain := folded(word):
        found |= Q(plain_first_name__icontains=plain) | Q(plain_last_name__icontains=plain)
        found |= Q(person_key__contains=joined(plain))
    return found | _have_identifier(word)


def _have_identifier(text: str) -> Q:
    """Those of whom an identifier begins with a text; nothing where it has no digit."""
    if not any(char.isdigit() for char in text):
        return Q()
    beginnings = {f"{name}__startswith": text.upper() for name in ("uci", "uln", "ocr_number", "ucas_id")}
    return Q(*beginnings.items(), candidate_number=text.zfill(4), _connector=Q.OR)


class GroupQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "GroupQuerySet":
        """Groups of the centres that this person acts for; all of them for the board's staff."""
        if user.is_staff:
            return self
        return self.filter(centre__is_active=True, centre__memberships__user=user, centre__memberships__ended_at=None)

    def with_counts(self) -> "GroupQuerySet":
        """Each with `member_count`, by name."""
        return self.annotate(member_count=Count("candidates")).order_by(Lower("name"), "pk")
