"""What capgen tells a person about their input: values, collected by every stage and rendered elsewhere."""

from capgen.diagnostics.diagnostic import Diagnostic, Severity, has_errors, in_reading_order
from capgen.diagnostics.location import Location
from capgen.diagnostics.suggest import did_you_mean

__all__ = ["Diagnostic", "Location", "Severity", "did_you_mean", "has_errors", "in_reading_order"]
