"""Many machines: Ray Data and Spark, one screener in each worker."""
