"""A small evaluator of Terraform expressions: known values are computed, unknown ones stay expressions."""

from capgen.scan.evaluation.evaluate import Resolve, evaluate_template
from capgen.scan.evaluation.value import EvaluationError, Namespace, Template, Unknown, Value, to_document

__all__ = [
    "EvaluationError",
    "Namespace",
    "Resolve",
    "Template",
    "Unknown",
    "Value",
    "evaluate_template",
    "to_document",
]
