"""Which model of a format describes which place of a file.

Importing this module imports pydantic.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Place = tuple[str | int, ...]
"""Keys and indexes from the top of the file down."""


def kinds_of(annotation: Any) -> Iterator[Any]:
    """What an annotation is made of, without Annotated and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from kinds_of(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            if part is not type(None):
                yield from kinds_of(part)
    else:
        yield annotation


def within(annotation: Any, part: str | int) -> Any:
    """The annotation of a part of something with this annotation, or None."""
    for kind in kinds_of(annotation):
        origin = get_origin(kind)
        if origin is dict and isinstance(part, str):
            return get_args(kind)[1]
        if origin is tuple:
            item = get_args(kind)[0]
            # a single value stands for a list of one
            return item if isinstance(part, int) else within(item, part)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = _named(kind, str(part))
            if field is not None:
                return field.annotation
    return None


def _named(model: type[BaseModel], name: str) -> FieldInfo | None:
    for field_name, field in model.model_fields.items():
        if (field.alias or field_name) == name:
            return field
    return None


def model_at(place: Place, form: type[BaseModel]) -> type[BaseModel] | None:
    """The model that describes the map at this path of a file of this form, or None if no model does."""
    annotation = annotation_at(place, form)
    return model_in(annotation) if annotation is not None else None


def annotation_at(place: Place, form: type[BaseModel]) -> Any:
    """The annotation of what stands at this path of a file of this form, or None if nothing can."""
    annotation: Any = form
    for part in place:
        annotation = within(annotation, part)
        if annotation is None:
            return None
    return annotation


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of a map with this annotation, or None if it is of no model."""
    for kind in kinds_of(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def model_of_map(annotation: Any) -> type[BaseModel] | None:
    """The model of a map that is written where something with this annotation is. One may stand for a list of one."""
    return model_in(annotation) or model_in(within(annotation, 0))


def field_at(place: Place, form: type[BaseModel]) -> FieldInfo | None:
    """The field at this path of a file of this form, or None if there is none."""
    model = model_at(place[:-1], form)
    return _named(model, str(place[-1])) if model is not None else None


def field_names(model: type[BaseModel]) -> list[str]:
    """The fields of a model as an author writes them."""
    return [field.alias or name for name, field in model.model_fields.items()]
