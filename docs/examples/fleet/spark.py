#!/usr/bin/env python3
"""Checks a fleet of applications on Apache Spark: each partition of the manifest is piped through `flink-preflight fleet`.

usage: spark.py MANIFEST.jsonl OUTPUT_FOLDER [PARTITIONS]     with SPARK_MASTER (local[*] by default) for a cluster's URL

The program, the artifacts that the manifest names and the configuration file are at the same place on each worker. The
lines come out in the order of the manifest, in the parts of OUTPUT_FOLDER: `cat OUTPUT_FOLDER/part-*`. An application
whose gate fails is a line of the output and no failed task, as in any other run.
"""
import os
import sys

from pyspark import SparkConf, SparkContext

# Spark ends a partition whose command fails; the exit code of a fleet with a failed gate is 1, or 3 where a line could not
# be read. What the gate says stands in each line, so only what the program cannot do at all (2) is an error here.
COMMAND = "bash -c 'flink-preflight fleet - --quiet --jobs 1; code=$?; [ $code -ne 2 ]'"


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    manifest, output = arguments[:2]
    partitions = int(arguments[2]) if len(arguments) == 3 else 8
    configuration = SparkConf().setAppName("flink-preflight").setMaster(os.environ.get("SPARK_MASTER", "local[*]"))
    with SparkContext(conf=configuration) as spark:
        spark.setLogLevel("WARN")
        lines = spark.textFile(manifest, partitions)
        lines.pipe(COMMAND, dict(os.environ), checkCode=True).saveAsTextFile(output)


if __name__ == "__main__":
    main(sys.argv[1:])
