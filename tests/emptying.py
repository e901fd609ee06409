"""The database after a test that commits: as empty as migrations left it."""

from functools import cache

from django.db import connection, transaction

MADE_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}


@cache
def table_names() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in names if name not in MADE_BY_MIGRATE]


def delete_rows() -> None:
    """Delete every row that a test can have written; foreign keys are looked at when all are gone."""
    having_rows = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in table_names()]  # noqa: S608 (quoted)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(having_rows))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (quoted)
