"""Screen Parquet with Spark: python examples/spark_example.py posts/ reports/ (or spark-submit the same)."""

import os
import sys

from pyspark.sql import SparkSession

from govmedia_screen.cluster.spark import screen_frame


def main(source: str, target: str) -> None:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' Python must have govmedia_screen, too
    spark = SparkSession.builder.appName("govmedia-screen").getOrCreate()
    posts = spark.read.parquet(source)
    reports = screen_frame(posts, keep=["account"] if "account" in posts.columns else [])
    reports.write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:3])
