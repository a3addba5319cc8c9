"""The record under which clients find the deployment, and the check by which Route 53 tells a healthy region.

Each region's root has its own record. Records of one name form a group, and Route 53 chooses among them.
"""
