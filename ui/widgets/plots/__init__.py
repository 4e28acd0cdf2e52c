"""Plots on screen: one small widget each, the values readable without pointing at anything."""
