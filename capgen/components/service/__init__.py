"""The ECS cluster, the task definition of the CAP agent, and the Fargate service that keeps its tasks running.

The module waits until a rollout is done and fails when ECS has rolled it back.
"""
