"""Forms: labels, reveals, exclusive answers, wording, error summaries, formsets."""

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from frontend.forms import GovukForm, GovukRenderer, LongTextField, govuk
from tests.frontend.gallery.forms import ActionFormSet, EveryField, OneQuestion, SignIn
from tests.frontend.gallery.views import FILLED, WRONG
from tests.frontend.markup import ids

pytestmark = pytest.mark.usefixtures("kit")


def show(source, **context):
    return Template(source).render(Context(context))


def linked(html):
    """The ids that links of an error summary lead to."""
    return [piece.split('"')[0] for piece in html.split('<a href="#')[1:]]


# --- any form ---------------------------------------------------------------------------------------


def test_a_plain_django_form_speaks_govuk_too():
    class Plain(forms.Form):
        name = forms.CharField(max_length=5)

    html = str(Plain({"name": ""}))
    assert 'class="govuk-input govuk-input--error"' in html
    control = html[html.index("<input") :]
    assert "required" not in control
    assert "maxlength" not in control
    assert "aria-invalid" not in control
    assert 'aria-describedby="id_name-error"' in html


def test_the_renderer_is_what_the_settings_name(settings):
    assert settings.FORM_RENDERER == "frontend.forms.GovukRenderer"
    assert isinstance(EveryField().renderer, GovukRenderer)


@pytest.mark.parametrize("data", [None, {}, FILLED, WRONG])
def test_every_id_is_unique_and_every_reference_exists(data):
    html = str(EveryField(data))
    there = ids(html)
    assert len(there) == len(set(there))
    for attribute in ("for", "aria-describedby", "data-aria-controls", "aria-controls"):
        for piece in html.split(f' {attribute}="')[1:]:
            for reference in piece.split('"')[0].split():
                assert reference in there


def test_hidden_fields_stay_hidden_and_undescribed():
    class Form(GovukForm):
        token = forms.CharField(widget=forms.HiddenInput, help_text="Unseen")

    html = str(Form())
    assert html.strip() == '<input type="hidden" name="token" id="id_token">'


def test_optional_is_said_where_it_helps():
    class Form(GovukForm):
        name = forms.CharField()
        nickname = forms.CharField(required=False)
        colour = forms.CharField(required=False, label="Colour (optional)")
        agree = forms.BooleanField(required=False)
        quiet = govuk(forms.CharField(required=False), mark_optional=False)

    form = Form()
    assert [field.label_text for field in form] == [
        "Name", "Nickname (optional)", "Colour (optional)", "Agree", "Quiet",
    ]  # fmt: skip
    form.mark_optional = False
    assert form["nickname"].label_text == "Nickname"


def test_sizes_of_labels():
    class Form(GovukForm):
        plain = forms.CharField()
        large = govuk(forms.CharField(), size="l")
        title = govuk(forms.CharField(), heading=True)
        pick = govuk(forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect), reveals={"a": ["below"]})
        below = forms.CharField()

    form = Form()
    assert [form[name].size for name in form.fields] == ["s", "l", "l", "s", ""]


def test_one_question_a_page_is_the_pages_heading():
    assert '<h1 class="govuk-fieldset__heading">How often does it happen?</h1>' in str(OneQuestion())


def test_number_pads_without_spinning():
    html = str(EveryField())
    assert 'name="visits" class="govuk-input govuk-input--width-3" inputmode="numeric"' in " ".join(html.split())
    assert 'type="number"' not in html


def test_what_a_field_says_wins():
    class Form(GovukForm):
        phone = forms.CharField(widget=forms.TextInput({"class": "ours", "aria-describedby": "note"}))
        mail = forms.EmailField(widget=forms.EmailInput({"autocomplete": "off"}))
        long = forms.CharField(widget=forms.Textarea({"rows": 10}))

    html = str(Form())
    assert 'class="govuk-input ours"' in html
    assert 'aria-describedby="note"' in html
    assert 'autocomplete="off"' in html
    assert 'rows="10"' in html


def test_a_count_needs_a_limit():
    with pytest.raises(ValueError, match="max_length"):
        govuk(forms.CharField(), count=True)


def test_looks_add_up():
    field = govuk(govuk(forms.CharField(), width=5), prefix="£")
    assert (field.govuk.width, field.govuk.prefix) == (5, "£")


def test_a_kept_file_can_be_seen_and_removed():
    class Form(forms.Form):
        proof = forms.FileField(required=False)

    class Kept:
        url = "/evidence/1/"

        def __str__(self):
            return "photo.jpg"

    html = str(Form(initial={"proof": Kept()}))
    assert 'Current file: <a class="govuk-link" href="/evidence/1/">photo.jpg</a>' in " ".join(html.split())
    assert "Remove this file" in html


def test_uploads_are_taken():
    form = EveryField(FILLED, {"upload": SimpleUploadedFile("a.txt", b"x")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["upload"].name == "a.txt"
    assert form.is_multipart()


def test_line_breaks_count_as_one():
    class Form(GovukForm):
        text = LongTextField(max_length=5)

    form = Form({"text": "ab\r\ncd"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "ab\ncd"


# --- reveals ----------------------------------------------------------------------------------------


def test_a_revealed_field_is_asked_only_with_its_option():
    by_email = EveryField({**FILLED, "email": ""})
    assert by_email.errors == {"email": ["Enter email address"]}
    by_phone = EveryField({**FILLED, "contact": "phone", "phone": "07700 900123", "email": "not an address"})
    assert by_phone.is_valid(), by_phone.errors
    assert by_phone.cleaned_data["phone"] == "07700 900123"
    assert by_phone.cleaned_data["email"] == ""


def test_a_box_to_tick_reveals_too():
    asked = EveryField({**FILLED, "how_often": ""})
    assert asked.errors == {"how_often": ["Enter how often, in days"]}
    data = dict(FILLED, how_often="7")
    del data["agree"]
    form = EveryField(data)
    assert form.is_valid()
    assert form.cleaned_data["how_often"] == ""


def test_what_is_dropped_is_gone_before_clean():
    class Form(GovukForm):
        seen = {}
        pick = govuk(forms.ChoiceField(choices=[("a", "A"), ("b", "B")]), reveals={"a": ["number"], "b": ["note"]})
        number = forms.IntegerField()
        note = forms.CharField()

        def clean(self):
            Form.seen = dict(self.cleaned_data)

    form = Form({"pick": "b", "number": "many", "note": "yes"})
    assert form.is_valid()
    assert Form.seen == {"pick": "b", "number": None, "note": "yes"}


def test_what_stands_below_something_dropped_is_dropped():
    class Form(GovukForm):
        first = govuk(forms.ChoiceField(choices=[("a", "A"), ("b", "B")]), reveals={"a": ["second"]})
        second = govuk(forms.ChoiceField(choices=[("c", "C")]), reveals={"c": ["third"]})
        third = forms.CharField()

    assert Form({"first": "b", "second": "c", "third": ""}).is_valid()
    assert Form({"first": "a", "second": "c", "third": ""}).errors == {"third": ["Enter third"]}


def test_revealed_fields_stand_below_their_option_and_nowhere_else():
    html = str(EveryField(FILLED))
    assert html.count('name="email"') == 1
    frame = html.split('id="conditional-id_contact_0"')[1].split('id="conditional-id_contact_1"')[0]
    assert 'name="email"' in frame
    assert 'class="govuk-radios__conditional govuk-radios__conditional--hidden" id="conditional-id_contact_1"' in (
        " ".join(html.split())
    )


def test_the_exclusive_answer_stands_alone():
    assert EveryField({**FILLED, "safety": ["nothing"]}).is_valid()
    form = EveryField({**FILLED, "safety": ["letters", "nothing"]})
    assert form.errors == {"safety": ["Select what we should know, or select “None of these”"]}


# --- wording ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(label="Full name"), "", "Enter full name"),
        (forms.CharField(label="NHS number"), "", "Enter NHS number"),
        (forms.CharField(label="What happened?"), "", "Answer “What happened?”"),
        (govuk(forms.CharField(label="What happened?"), subject="what happened"), "", "Enter what happened"),
        (forms.CharField(label="Name", max_length=2000), "x" * 2001, "Name must be 2,000 characters or less"),
        (forms.CharField(label="Why?", max_length=2), "xxx", "Your answer must be 2 characters or less"),
        (forms.CharField(label="Name", min_length=3), "x", "Name must be 3 characters or more"),
        (forms.ChoiceField(label="Ward", choices=[("a", "A")]), "", "Select ward"),
        (forms.ChoiceField(label="Ward", choices=[("a", "A")]), "b", "Select ward"),
        (
            forms.EmailField(label="Email"), "x",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            forms.URLField(label="Link", assume_scheme="https"), "x y",
            "Enter a website address, like https://www.example.com",
        ),
        (forms.IntegerField(label="Visits"), "x", "Visits must be a whole number"),
        (forms.IntegerField(label="Visits", min_value=1), "0", "Visits must be 1 or more"),
        (forms.IntegerField(label="Visits", max_value=9), "10", "Visits must be 9 or less"),
        (forms.DecimalField(label="Cost"), "x", "Cost must be a number"),
        (forms.BooleanField(label="I agree"), "", "Select “I agree”"),
        (forms.FileField(label="Photo"), "", "Select photo"),
        (forms.CharField(label="Name", error_messages={"required": "Say who"}), "", "Say who"),
    ],
)  # fmt: skip
def test_wording(field, typed, words):
    form = type("Form", (GovukForm,), {"field": field})({"field": typed})
    assert form.errors["field"] == [words]


def test_an_empty_file_and_several_choices():
    class Form(GovukForm):
        file = forms.FileField()
        some = forms.MultipleChoiceField(choices=[("a", "A")])

    files = MultiValueDict({"file": [SimpleUploadedFile("a.txt", b"")]})
    assert Form({"some": ["b"]}, files).errors == {
        "file": ["The selected file is empty"],
        "some": ["Select some"],
    }


# --- error summary ----------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{}, WRONG])
def test_every_link_of_the_summary_hits_a_control(data):
    html = show("{% error_summary form %}{{ form }}", form=EveryField(data))
    targets = linked(html)
    assert len(targets) > 5
    for target in targets:
        assert f'id="{target}"' in html
        control = html.split(f'id="{target}"')[0].rpartition("<")[2]
        assert control.startswith(("input", "select", "textarea")), target


def test_the_summary_leads_into_groups_and_boxes():
    html = show("{% error_summary form %}", form=EveryField({**WRONG, "contact": ""}))
    targets = linked(html)
    assert "id_often_0" in targets
    assert "id_contact_0" in targets
    assert "id_born_month" in targets


def test_errors_of_the_whole_form_lead_to_its_anchor():
    form = SignIn({"username": "a@example.com", "password": "x"})
    assert linked(show("{% error_summary form %}", form=form)) == ["id_username"]


def test_errors_of_hidden_fields_are_told():
    class Form(GovukForm):
        token = forms.CharField(widget=forms.HiddenInput)
        name = forms.CharField(required=False)

    assert linked(show("{% error_summary form %}", form=Form({}))) == ["id_name"]


def test_no_errors_no_summary():
    assert show("{% error_summary form %}", form=EveryField()).strip() == ""
    assert show("{% error_summary formset %}", formset=ActionFormSet()).strip() == ""


def test_the_title_says_error():
    source = "{% error_prefix %}"
    assert show(source, form=EveryField({})) == "Error: "
    assert show(source, form=EveryField()) == ""
    assert show(source, formset=ActionFormSet()) == ""
    assert show(source) == ""


# --- formsets ---------------------------------------------------------------------------------------

PLAN = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


def test_a_formset_takes_its_forms():
    filled = {"form-1-what": "Fit a monitor", "form-1-owner": "priya", "form-1-by_day": "1"}
    formset = ActionFormSet({**PLAN, **filled, "form-1-by_month": "12", "form-1-by_year": "2099"})
    assert formset.is_valid(), formset.errors
    assert formset[1].cleaned_data["what"] == "Fit a monitor"


def test_a_formsets_summary_leads_to_the_right_form():
    formset = ActionFormSet({**PLAN, "form-1-what": "Fit a monitor"})
    html = show("{% error_summary formset %}{{ formset }}", formset=formset)
    assert linked(html) == ["id_form-1-owner", "id_form-1-by_day"]
    assert all(f'id="{target}"' in html for target in linked(html))
    assert show("{% error_prefix %}", formset=formset) == "Error: "


def test_errors_of_the_whole_formset_lead_to_its_first_control():
    html = show("{% error_summary formset %}{{ formset }}", formset=ActionFormSet(PLAN))
    assert linked(html) == ["id_form-0-what"]
    assert "Action 2</legend>" in html


def test_messages_become_alerts():
    html = show(
        '{% include "govuk/messages.html" %}',
        messages=[Message(25, "Saved & sent"), Message(10, "Psst"), Message(40, "Lost")],
    )
    assert html.count('role="status"') == 1
    assert [kind in html for kind in ("moj-alert--success", "moj-alert--information", "moj-alert--error")] == [
        True,
        True,
        True,
    ]
    assert "Saved &amp; sent" in html
