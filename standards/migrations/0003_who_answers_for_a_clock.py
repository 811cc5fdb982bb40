import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AGENCY = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "db_index": False,
    "help_text": "Answers for it: the matter's while it runs, and then whoever's it was when it was kept or missed",
    "to": "partners.agency",
}


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_email_in_words"),
        ("standards", "0002_turns_known_by_their_start"),
    ]

    operations = [
        migrations.AddField("clock", "agency", models.ForeignKey(null=True, **AGENCY)),
        migrations.AddField(
            "clock",
            "officer",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                db_index=False,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE standards_clock clock SET agency_id = matter.agency_id, officer_id = matter.officer_id
            FROM standards_matter matter WHERE matter.id = clock.matter_id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("clock", "agency", models.ForeignKey(**AGENCY)),
    ]
