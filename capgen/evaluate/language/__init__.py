"""A small evaluator of Terraform expressions: known values are computed, unknown ones stay expressions."""

from capgen.evaluate.language.evaluate import Resolve, evaluate_template
from capgen.evaluate.language.value import EvaluationError, Namespace, Template, Unknown, Value, to_document

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
