"""How Django draws forms: every field with the house's own partials."""

from django.forms.renderers import DjangoTemplates


class HouseRenderer(DjangoTemplates):
    """Draws a form and its fields from components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
