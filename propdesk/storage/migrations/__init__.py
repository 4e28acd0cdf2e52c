"""Steps that bring an older data file to the present schema, one module a step."""
