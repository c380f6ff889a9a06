"""Stance toward each actor that an Arabic news sentence names."""
