import itertools
from datetime import timedelta
from urllib.parse import quote
import uuid
import pytest
from django.urls import reverse
from candidates.services import *
from candidates.models import Candidate, CandidateGroup
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals_files import answers, sheet, upload_of
from technicals.models import *
from uploads.models import Upload
from technicals.kinds import TECHNICALS_ENTRIES
from uploads.services import *

BAD = ["\x00", "a\x00b", "\ud800".encode("utf-8","surrogatepass"), "9"*30, "9"*5000, "-1", "0", "%", "\\", "'\"<script>", "0001-01-01", "9999-12-31", "00000000-0000-0000-0000-00000000000z", "٣", "²", "=1+1", "x"*10000, "\u202e", "1e9", "2147483648","99999999999999999999", "[]", "a[]", "None", "null"]

def q(v):
    return quote(v, safe="")

@pytest.fixture
def world(january, enter, upload, officer, centre, now):
    sub = enter(answers(1), answers(2, unit_1="1", scheme_code="05835") | {"last_name": answers(1)["last_name"]} | {"first_name":"Ann"})
    draft = upload(answers(5), answers(6, gender=""), name="b.csv")
    group = create_group(centre=centre, name="G", by=officer, at=now)
    a, b = CandidateFactory(centre=centre), CandidateFactory(centre=centre)
    return dict(sub=sub, draft=draft, group=group, a=a, b=b)

def urls(w, foreign=False):
    d, g, a, b, s = w["draft"], w["group"], w["a"], w["b"], w["sub"]
    return [
      reverse("technicals:home"), reverse("technicals:entry-codes"), reverse("technicals:fees"), reverse("technicals:key-dates"), reverse("technicals:entry-rules"),
      reverse("technicals:submissions"), reverse("technicals:submissions-file", args=["csv"]),
      reverse("technicals:entry-codes-file", args=["csv"]),
      reverse("technicals:submission", args=[s.number]), reverse("technicals:submission-file", args=[s.number, "csv"]),
      reverse("candidates:list"), reverse("candidates:new"), reverse("candidates:candidate", args=[a.key]), reverse("candidates:candidate-edit", args=[a.key]), reverse("candidates:clashes"), reverse("candidates:merge", args=[a.key,b.key]),
      reverse("candidates:groups"), reverse("candidates:group-new"), reverse("candidates:group", args=[g.key]),
      reverse("candidates:group-add", args=[g.key]) , reverse("candidates:group-roll-over", args=[g.key]),
      reverse("uploads:list"), reverse("uploads:upload", args=["technicals"]), reverse("uploads:template", args=["technicals","csv"]),
      reverse("uploads:resume", args=[d.key]), reverse("uploads:mend", args=[d.key]), reverse("uploads:check", args=[d.key]), reverse("uploads:row", args=[d.key, 2]), reverse("uploads:headings", args=[d.key]),
      reverse("uploads:rows", args=[d.key, "left","csv"]), reverse("uploads:confirmation", args=[d.key]), reverse("uploads:discard", args=[d.key]), reverse("uploads:progress", args=[d.key]),
    ]
PARAMS = ["page","search","added","group","sort","size","since","until","qualification","status","row","rows","people","shown","subject","level","suite","number","q"]

def test_gets(world, client, officer):
    client.force_login(officer)
    client.raise_request_exception = False
    fails = []
    before = [m.objects.count() for m in (Upload, Submission, Candidate, CandidateGroup, Registration, UnitEntry)]
    for u in urls(world):
        r = client.get(u)
        if r.status_code >= 500: fails.append((u, "plain", r.status_code))
        for p, v in itertools.product(PARAMS, BAD):
            qs = f"{p}={q(v)}" + ("&people=own" if p == "group" else "")
            r = client.get(f"{u}?{qs}")
            if r.status_code >= 500:
                fails.append((u, p, v[:20], r.status_code))
    assert before == [m.objects.count() for m in (Upload, Submission, Candidate, CandidateGroup, Registration, UnitEntry)]
    for f in fails: print(f)
    assert not fails

def test_posts(world, client, officer, now):
    client.force_login(officer)
    client.raise_request_exception = False
    fails = []
    w = world
    d, g, a, b = w["draft"], w["group"], w["a"], w["b"]
    fields = {
      reverse("candidates:new"): ["first_name","middle_names","last_name","date_of_birth","gender","uci","uln","ocr_number","candidate_number","ucas_id","is_different_person","seen"],
      reverse("candidates:candidate-edit", args=[a.key]): ["first_name","middle_names","last_name","date_of_birth","gender","uci","uln","ocr_number","candidate_number","ucas_id","seen"],
      reverse("candidates:merge", args=[a.key,b.key]): ["stays","first_name","uci","seen_one","seen_other"],
      reverse("candidates:group-new"): ["name"],
      reverse("candidates:group-roll-over", args=[g.key]): ["name","candidates"],
      reverse("candidates:group-add", args=[g.key]): ["candidates","shown","all"],
      reverse("uploads:upload", args=["technicals"]): ["period","order_number","file"],
      reverse("uploads:mend", args=[d.key]): ["was-cell-3-gender","was-cell-3-last_name","cell-3-x","aside","back","alike-cell-3-gender","aside-all","go","was-cell-9999999-gender","was-cell-3-which_is_right","was-cell-3-is_declared", "was-cell-3-own_reference"],
      reverse("uploads:row", args=[d.key,3]): ["was-cell-3-gender"],
      reverse("uploads:check", args=[d.key]): ["seen","accepted"],
      reverse("uploads:headings", args=[d.key]): [f"column-{i}" for i in range(3)],
    }
    ok = {"first_name":"Ann","last_name":"Lee","date_of_birth":"04/03/2008","gender":"female"}
    for u, names in fields.items():
        for n, v in itertools.product(names, BAD):
            base = dict(ok) if "candidates/" in u and "group" not in u else {}
            if n.startswith("was-cell"):
                base[n.removeprefix("was-")] = v; base[n] = "zzz"
            else:
                base[n] = v
            body = "&".join(f"{q(k)}={q(x)}" for k,x in base.items())
            r = client.post(u, body, content_type="application/x-www-form-urlencoded")
            if r.status_code >= 500:
                fails.append((u, n, v[:20], r.status_code))
        client.get(reverse("uploads:mend", args=[d.key]))
        for uu in (reverse("uploads:mend", args=[d.key]), reverse("uploads:check", args=[d.key]), reverse("uploads:rows", args=[d.key,"left","xlsx"]), reverse("uploads:rows", args=[d.key,"left","xls"])):
            r = client.get(uu)
            if r.status_code >= 500: fails.append((uu, "after", u))
    for f in fails: print(f)
    assert not fails

@pytest.mark.parametrize("name", ["ß"*40, "Þ"*40, "Æ"*39+"b", "\u0132"*40, "A"+"\u0301"*39])
def test_names(upload, submit, january, now, officer, centre, name):
    u = upload(answers(1, last_name=name, first_name=name, middle_names=name))
    j = judge(upload=u, kind=TECHNICALS_ENTRIES, at=now)
    print([r.verdict.refusals for r in j.open_rows])
    if j.ready:
        submit(u)
        assert enter_queued(upload_pk=u.pk, at=now)
