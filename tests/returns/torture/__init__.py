"""Broken and hostile files, generated: no third party's file is needed to show what becomes of them."""
