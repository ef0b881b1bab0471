"""The bundled scenarios and the schema that editors read."""
