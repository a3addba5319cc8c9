"""The application load balancer, its listeners and the target group of the tasks' web port.

It carries solution traffic only: the CAP Console reaches each task on its own address, never through here.
"""
