"""What may come in and what goes out: one hand-written marshmallow schema a form, unknown fields refused."""
