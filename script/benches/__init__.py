"""Measurements that `script/bench` makes. Each module but the helpers is one: its `run()` gives a Report."""
