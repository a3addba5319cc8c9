"""What copies data from the primary region: the replication of its snapshot bucket and of its file system.

It works in the primary's region, and belongs to the standby's root: so references go one way, from the primary to the
standby, and the standby can be taken away without a change of the primary.
"""
