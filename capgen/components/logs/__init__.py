"""The agent's log group, and the bucket that receives the access logs of the load balancer and the snapshot bucket."""
