"""The example workbooks: reproducible, consistent, and judged as designed."""
