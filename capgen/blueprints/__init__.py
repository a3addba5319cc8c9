"""Blueprints at scale: a matrix becomes many specs, and a blueprint is tested with its examples."""
