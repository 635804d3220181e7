"""The Spark that the Spark sides share: two threads, no web page."""

from __future__ import annotations

from pyspark.sql import SparkSession  # noqa: TID251  # a side that is Spark itself


def start() -> SparkSession:
    """Start Spark in this process."""
    settings = {
        "spark.driver.memory": "4g",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "8",
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
