"""Which rules stand in the table of both doors, which one door alone can meet, and why."""

import pytest

from core.management.commands.rulebook import rules
from core.refusals import Refused
from tests.technicals.door_cases import CASES, full, unit
from tests.technicals.door_world import CERTIFICATE, EXTENDED, LATE, MOVE_DOWN, TOP_UP, registered, world_of
from tests.technicals.doors import Spreadsheet, WebForm

MODULES = (
    "technicals.rules.reading",
    "technicals.rules.registering",
    "technicals.rules.entering",
    "technicals.rules.people",
    "technicals.rules.planning",
    "technicals.rules.judging",
    "technicals.rules.form",
    "candidates.rules.guarding",
    "candidates.rules.matching",
    "candidates.rules.people",
    "candidates.rules.identifiers",
    "candidates.rules.names",
    "candidates.rules.reading",
)
"""Where the rules stand by which a row of a file or a line of a form can be judged."""
OF_FILES = {
    "UNIT-02": "a unit is ticked, not typed with a code before it",
    "UNIT-05": "a unit is ticked once",
    "UNIT-06": "FORM-12 says it where the option is applied",
    "SERIES-01": "the series is chosen from those that there are",
    "ROW-01": "nobody types a centre number",
    "ROW-02": "a line has no reference of its own",
    "ROUTE-02": "FORM-15 says it where the option is applied",
    "REG-02": "a form registers or enters units; nobody stands on it twice",
    "TWICE-01": "nobody stands on a form twice",
    "TWICE-02": "nobody stands on a form twice",
    "TWICE-03": "nobody stands on a form twice",
    "IDENTITY-01": "candidates are chosen, not looked for",
    "IDENTITY-02": "candidates are chosen, not looked for",
    "IDENTITY-03": "candidates are chosen, not looked for",
    "IDENTITY-04": "candidates are chosen, and nobody new is entered",
    "IDENTITY-05": "candidates are chosen, not described",
    "IDENTITY-06": "a record's identifiers are its own",
    "GUARD-01": "a form changes no record",
    "NUMBER-03": "a record's candidate number is its own",
    "NUMBER-04": "a record's candidate number is its own",
    "NAME-02": "no record holds a longer name",
    "NAME-09": "no record holds longer middle names",
    "GENDER-02": "every record has a value",
}
"""What only a row that was typed can meet, and why the web form cannot."""
OF_FORMS = {
    "FORM-01": "UPLOAD-04 says it of files",
    "FORM-02": "the cells of a row are its option",
    "FORM-03": "a row takes up to ten units (guide)",
    "FORM-04": "a row without units is a full award",
    "FORM-05": "there is nothing to tick",
    "FORM-06": "the cells of a row are its option",
    "FORM-07": "UPLOAD-05 says it of files",
    "FORM-08": "files have a limit of their own",
    "FORM-09": "uploads say it of files",
    "FORM-10": "UPLOAD-10 says it of files",
    "FORM-11": "UPLOAD-06 says it of files",
    "FORM-12": "UNIT-06 says it of files",
    "FORM-13": "CODE-01 says it of files",
    "FORM-14": "there is nothing to tick",
    "FORM-15": "ROUTE-02 asks it of files, row by row",
    "FORM-16": "a row is a unit entry where it names units",
    "FORM-17": "SERIES-04 says it of files, when they are judged",
}
"""What is said of a form as such, and where a file is told it or need not be."""
OF_STEP = {
    "NAME-06": "the strict reading of names is a setting of STEP",
    "NAME-07": "the plain form of a name is typed for STEP",
    "NAME-08": "one legal name is ticked for STEP",
    "UCAS-01": "no UCAS ID is asked for",
}
"""What no row and no line is judged by."""


@pytest.fixture
def world(centre, officer, now):
    return world_of(centre, officer, now)


@pytest.fixture
def doors(world):
    """The two ways to begin with a case; what stands at the centre is made first."""

    def begin(case, **more):
        for give in case.given:
            give(world)
        return (
            lambda: Spreadsheet(case, world, [world.candidate], **more),
            lambda: WebForm(case, world, [world.candidate], **more),
        )

    return begin


def codes(act, *args):
    """The codes by which an act is refused."""
    with pytest.raises(Refused) as refused:
        act(*args)
    return [refusal.code for refusal in refused.value.refusals]


def told_by(door):
    [verdict] = door.told().verdicts
    return [refusal.code for refusal in verdict.refusals]


def test_every_rule_is_in_the_table_or_has_its_place():
    by_now = {rule.code for rule in rules() if rule.function.rpartition(".")[0] in MODULES}
    in_table = {word for case in CASES for word in case.outcome.split() if word in {rule.code for rule in rules()}}

    assert by_now - in_table - OF_FILES.keys() - OF_FORMS.keys() - OF_STEP.keys() == set()
    assert (OF_FILES.keys() | OF_FORMS.keys() | OF_STEP.keys()) - by_now == set()
    assert in_table & (OF_FILES.keys() | OF_FORMS.keys() | OF_STEP.keys()) == set()


def test_the_rules_of_forms_are_those_of_their_module():
    assert {rule.code for rule in rules() if rule.function.startswith("technicals.rules.form.")} == OF_FORMS.keys()


@pytest.mark.django_db
def test_units_under_a_top_up_code_are_refused_at_both_doors(doors):
    by_file, by_form = doors(unit("under a top-up", "", registered(CERTIFICATE), code=TOP_UP))

    assert (told_by(by_file()), codes(by_form)) == (["UNIT-06"], ["FORM-12"])


@pytest.mark.django_db
def test_moving_down_without_the_declaration_is_refused_at_both_doors(doors):
    by_file, by_form = doors(full("not declared", "", registered(EXTENDED), code=MOVE_DOWN))

    assert (told_by(by_file()), codes(by_form)) == (["ROUTE-02"], ["FORM-15"])


@pytest.mark.django_db
def test_four_units_at_once_are_for_the_spreadsheet(doors):
    by_file, by_form = doors(unit("four", "", registered(CERTIFICATE), units=(1, 2, 3, 9)))

    assert (told_by(by_file()), codes(by_form)) == ([], ["FORM-03"])


@pytest.mark.django_db
def test_upload_11_a_late_charge_that_is_not_accepted_is_refused_at_both_doors(doors):
    doors_open = [begin() for begin in doors(unit("late", "", registered(CERTIFICATE), series=LATE))]

    assert [codes(door.submit, accepted) for door in doors_open for accepted in ("", "1100x1")] == [["UPLOAD-11"]] * 4


@pytest.mark.django_db
def test_order_01_an_order_number_that_cannot_be_quoted_is_refused_at_both_doors(doors):
    by_file, by_form = doors(full("order", ""), order="=7")

    of_file, of_form = codes(by_file), codes(by_form().submit, "")

    assert of_file == of_form == ["ORDER-01"]
