"""Stance toward each actor that an Arabic news sentence names."""

import os

# Private by default, before the libraries are imported: they read these then.
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
