"""The shapes of the picture: paths in a square of 24, drawn with lines of 2."""

from collections.abc import Mapping

ICONS: Mapping[str, str] = {
    "alert": "M8.5 2h7L22 8.5v7L15.5 22h-7L2 15.5v-7zM12 7v6M12 16.5v.5",
    "database": "M4 6c0-2.2 3.6-4 8-4s8 1.8 8 4-3.6 4-8 4-8-1.8-8-4v12c0 2.2 3.6 4 8 4s8-1.8 8-4V6"
                "M4 12c0 2.2 3.6 4 8 4s8-1.8 8-4",
    "everyone": "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2 12h20M12 2c3 3 4 6 4 10s-1 7-4 10c-3-3-4-6-4-10s1-7 4-10",
    "globe": "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2 12h20M12 2c3 3 4 6 4 10s-1 7-4 10c-3-3-4-6-4-10s1-7 4-10",
    "load_balancer": "M12 2v6M12 8a3 3 0 1 0 0 6 3 3 0 0 0 0-6M10 13l-5 6M14 13l5 6M2 19h6v3H2zM16 19h6v3h-6z"
                     "M12 14v5M9.5 19h5v3h-5z",
    "lock": "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
    "other": "M4 4h16v16H4zM9 9h6v6H9z",
    "ranges": "M12 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6M5 15a3 3 0 1 0 0 6 3 3 0 0 0 0-6M19 15a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
              "M12 9v3M5 15v-3h14v3",
    "storage": "M3 6h7l2 3h9v11H3zM3 13h18",
    "task": "M12 2l9 5v10l-9 5-9-5V7zM3 7l9 5 9-5M12 12v10",
    "vpc_endpoint": "M3 12h8M11 12a4 4 0 1 0 8 0 4 4 0 0 0-8 0M19 12h2M3 8v8M15 11v2",
    "unlocked": "M5 11h14v10H5zM8 11V7a4 4 0 0 1 7.5-2",
}  # fmt: skip
"""By tier, and by what a badge says. A tier without a shape of its own has `other`."""
