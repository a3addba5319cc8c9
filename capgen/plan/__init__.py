"""Stage 5, plan: a model becomes pure data: which modules each region calls, in what shape, with which values."""
