"""The rooms: one folder per component, with its rules, its plan and its construct side by side.

No room imports another. They meet in the model on the way in, and in `capgen.topology.outputs` on the way out.
"""
