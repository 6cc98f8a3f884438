"""The invented district behind the example workbooks, and the sheets it is written on."""
