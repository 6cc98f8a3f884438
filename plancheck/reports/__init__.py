"""Assessments written down, one file a form. A reporter computes nothing; modules are imported where they are used."""
