"""Tools for editors: prove, format, import, export and compare lexicons and profiles; examples; articles."""
