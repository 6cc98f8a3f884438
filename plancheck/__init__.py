"""plancheck judges school returns against the indicators of an education development plan."""

__version__ = "0.1.0"
