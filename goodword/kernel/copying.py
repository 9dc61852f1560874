"""Write many new rows at once, by COPY: several times faster than INSERT, and what intake lives on."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

M = TypeVar("M", bound=models.Model)


def copy_in(rows: Sequence[M]) -> Sequence[M]:
    """Insert new rows of one model and give them their ids, in order. Call it inside a transaction.

    Unlike `bulk_create` it takes no conflicts: the caller holds the lock that makes them impossible, or tries again; a
    violated constraint raises `IntegrityError` as everywhere.
    """
    if not rows:
        return rows
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = [field.column or field.attname for field in fields]
    read = [_reader(field) for field in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor:
        _give_ids(cursor, model, rows)
        with connection.wrap_database_errors, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([value(row) for value in read])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
    return rows


def _give_ids(cursor: Any, model: type[models.Model], rows: Sequence[models.Model]) -> None:
    pk = model._meta.pk
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [model._meta.db_table, pk.column, len(rows)],
    )
    for row, (new_id,) in zip(rows, cursor.fetchall(), strict=True):
        row.pk = new_id


def _reader(field: models.Field[Any, Any]) -> Any:
    """How the column's value is read from a row, as psycopg writes it."""
    read = attrgetter(field.attname)
    if isinstance(field, models.JSONField):
        return lambda row: None if (value := read(row)) is None else Jsonb(value)
    if isinstance(field, ArrayField):
        return lambda row: list(read(row))
    return read
