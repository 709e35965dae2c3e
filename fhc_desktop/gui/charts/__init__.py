"""Axes, curves and labels that every chart shares."""
