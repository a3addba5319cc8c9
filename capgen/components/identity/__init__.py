"""Every IAM principal of the deployment, each with the permissions of its task and no more.

The roles of tasks and their execution, of the snapshot script's publisher and of database monitoring, and the CAP
Console's deploy user or role. A role's ARN is output once its policy is in place.
"""
