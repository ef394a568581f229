"""Requests that are answered in another way than PostgREST does: why."""

DEVIATIONS = {}
