#!/usr/bin/env bash
# Makes the pictures of docs/formats.md anew: needs LibreOffice, Chromium, poppler-utils, and plancheck[docx] on the path.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p docs/pictures

plancheck run examples/returns.xlsx --as-of 2024-01-15 --lang zh -q \
    -o "$work/results.xlsx" -o "$work/results.html" -o "$work/results.docx" || [ $? = 1 ]
soffice "-env:UserInstallation=file://$work/home" --headless --convert-to pdf --outdir "$work/book" "$work/results.xlsx" > /dev/null
soffice "-env:UserInstallation=file://$work/home" --headless --convert-to pdf --outdir "$work/report" "$work/results.docx" > /dev/null
pdftoppm -r 80 -png -singlefile -f 2 -l 2 "$work/book/results.pdf" docs/pictures/xlsx-district
pdftoppm -r 80 -png -singlefile -f 4 -l 4 "$work/book/results.pdf" docs/pictures/xlsx-matrix
pdftoppm -r 60 -png -singlefile -f 2 -l 2 "$work/report/results.pdf" docs/pictures/docx
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,900 \
    --screenshot=docs/pictures/html.png "file://$work/results.html" 2> /dev/null
