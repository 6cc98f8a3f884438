#!/usr/bin/env bash
# What action.yml runs: judges returns, writes results and the job's summary, annotates, and ends as plancheck does.
# Everything it is told comes in variables of the environment; other CI systems can call it with the same ones.
set -euo pipefail

: "${RETURNS:?RETURNS names no file, folder or glob}"
mapfile -t returns < <(printf '%s\n' "$RETURNS" | sed '/^[[:space:]]*$/d')
output=${OUTPUT:-plancheck-results}
mkdir -p "$output"

options=(--fail-on "${FAIL_ON:-not_met,must}" --force)
[ -n "${PLAN:-}" ] && options+=(--plan "$PLAN")
[ -n "${ROSTER:-}" ] && options+=(--roster "$ROSTER")
[ -n "${YEAR:-}" ] && options+=(--year "$YEAR")
[ -n "${AS_OF:-}" ] && options+=(--as-of "$AS_OF")
[ -n "${BASELINE:-}" ] && [ -e "$BASELINE" ] && options+=(--baseline "$BASELINE")
[ "${EXIT_ZERO:-false}" = true ] && options+=(--exit-zero)

code=0
plancheck run "${options[@]}" --output - --format github \
    --output "$output/results.json" --output "$output/results.xml" \
    --output "$output/results.sarif" --output "$output/results.md" \
    -- "${returns[@]}" || code=$?

[ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -e "$output/results.md" ] && cat "$output/results.md" >> "$GITHUB_STEP_SUMMARY"
[ -n "${GITHUB_OUTPUT:-}" ] && echo "exit-code=$code" >> "$GITHUB_OUTPUT"
exit "$code"
