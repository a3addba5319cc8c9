"""What the process that workers are forked from imports once for all of them: checkov and the stages around the CDK.

Not the CDK itself: it starts Node.js, and each worker needs its own. checkov brings numpy, whose library for algebra
starts threads unless told not to; a process that others are forked from must have none.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from importlib import import_module

from capgen.scan import warm_up

for name in ("capgen.fleet.judge", "capgen.plan.build", "capgen.write.write"):
    import_module(name)
warm_up()
