"""Growth standards beside each other, and the chart of one."""
