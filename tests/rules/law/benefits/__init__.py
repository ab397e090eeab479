"""Tests of the benefits."""
