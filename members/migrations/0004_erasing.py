"""Give every supporter an opaque key, then require it to be one of its own."""

from django.db import migrations, models

import members.models.supporter
import privacy.fields


def give_keys(apps, schema_editor):
    supporters = apps.get_model("members", "Supporter").objects.using(schema_editor.connection.alias)
    for pk in supporters.values_list("pk", flat=True):
        supporters.filter(pk=pk).update(key=members.models.supporter.new_key())


def key(**options):
    return privacy.fields.GuardedCharField(
        default=members.models.supporter.new_key, editable=False, max_length=32, verbose_name="消すときの目印", **options
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0003_last_text_as_written")]

    operations = [
        migrations.AddField(
            model_name="supporter",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="消した日時"),
        ),
        migrations.AddField(model_name="supporter", name="key", field=key()),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(model_name="supporter", name="key", field=key(unique=True)),
    ]
