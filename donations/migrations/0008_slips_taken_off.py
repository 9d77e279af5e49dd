from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("donations", "0007_column_mappings"),
    ]

    operations = [
        migrations.AddField(
            model_name="slip",
            name="detached_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="人が行から外した日時"),
        ),
    ]
