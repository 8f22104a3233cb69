"""Attacks on the whole bot over loopback: what strangers, one person, a kill or a clock do to it.

Each file holds one kind of attack and states what has to hold against it. All are bounded in count and time.
"""
